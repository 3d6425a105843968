import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, inflate, type ZlibOptions } from 'node:zlib';
import { createTurns } from './turns.js';

/** Of a body, as it comes and unpacked: some 1,000 times what our exporter sends at once. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** Tells the sender what is wrong with its request. */
export class RequestFault extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The whole body, unpacked. */
export async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const raw = await readRaw(incoming);
  const encoding = incoming.headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return raw;
  const unpack = Object.hasOwn(UNPACK, encoding) ? UNPACK[encoding] : undefined;
  if (!unpack) throw new RequestFault(415, `The content-encoding ${encoding} is unknown.`);
  try {
    // Little of what is packed can be very much: that is not unpacked any further.
    return await inTurn(() => unpack(raw, { maxOutputLength: MAX_BODY_BYTES }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw new RequestFault(400, `The body is not ${encoding}: ${(error as Error).message}.`);
  }
}

/** As many as Node has threads for it: of more, each would only have its memory taken. */
const inTurn = createTurns(4);

type Unpack = (packed: Buffer, options: ZlibOptions) => Promise<Buffer>;

const UNPACK: Readonly<Record<string, Unpack>> = {
  gzip: promisify<Buffer, ZlibOptions, Buffer>(gunzip),
  deflate: promisify<Buffer, ZlibOptions, Buffer>(inflate),
};

async function readRaw(incoming: IncomingMessage): Promise<Buffer> {
  if (Number(incoming.headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    bytes += (chunk as Buffer).length;
    if (bytes > MAX_BODY_BYTES) throw tooLarge();
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function tooLarge(): RequestFault {
  return new RequestFault(413, `A request takes at most ${MAX_BODY_BYTES} bytes.`);
}
