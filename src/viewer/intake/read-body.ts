import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, inflate, type ZlibOptions } from 'node:zlib';
import { createTurns } from './turns.js';

/** Tells the sender what is wrong with its request. */
export class RequestFault extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface BodyLimits {
  /** Of one, as it comes and unpacked. */
  readonly bodyBytes: number;
  /** Of all that have come in part or whole. */
  readonly heldBytes: number;
  /** Of each, which does not count: small ones are read whatever large ones there are. */
  readonly freeBytes: number;
}

const MIB = 1024 * 1024;
/** A body is some 1,000 times what our exporter sends at once, of which four are held. */
const LIMITS: BodyLimits = { bodyBytes: 64 * MIB, heldBytes: 256 * MIB, freeBytes: MIB / 8 };

export type UseBody = <Result>(
  incoming: IncomingMessage,
  use: (body: Buffer) => Result,
) => Promise<Result>;

/** Reads whole bodies and unpacks them; they are held until they have been used, and no longer. */
export function createBodyReader(limits = LIMITS): UseBody {
  const held = { bytes: 0 };
  return async (incoming, use) => {
    const own = { bytes: -limits.freeBytes };
    try {
      const raw = await readRaw(incoming, limits, bytes => {
        held.bytes += Math.max(0, own.bytes + bytes) - Math.max(0, own.bytes);
        own.bytes += bytes;
        if (held.bytes > limits.heldBytes) throw tooMany();
      });
      return await unpacked(incoming, raw, { limits, use });
    } finally {
      held.bytes -= Math.max(0, own.bytes);
    }
  };
}

async function readRaw(
  incoming: IncomingMessage,
  { bodyBytes }: BodyLimits,
  hold: (bytes: number) => void,
): Promise<Buffer> {
  if (Number(incoming.headers['content-length'] ?? 0) > bodyBytes) throw tooLarge(bodyBytes);
  const chunks: Buffer[] = [];
  let bytes = 0;
  await eachChunk(incoming, chunk => {
    bytes += chunk.length;
    if (bytes > bodyBytes) throw tooLarge(bodyBytes);
    hold(chunk.length);
    chunks.push(chunk);
  });
  return Buffer.concat(chunks);
}

// To leave a `for await` in the middle takes the request its socket: nobody is answered then, nor let go
// (Node 20 to 24).
function eachChunk(incoming: IncomingMessage, take: (chunk: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    incoming.on('data', chunk => {
      try {
        take(chunk as Buffer);
      } catch (error) {
        incoming.removeAllListeners('data').pause();
        reject(error);
      }
    });
    incoming.on('end', resolve);
    incoming.on('error', reject);
    incoming.on('close', () => reject(new Error('It ended in the middle')));
  });
}

/** As many as Node has threads for it: of more, each would only have its memory taken. */
const inTurn = createTurns(4);

type Unpack = (packed: Buffer, options: ZlibOptions) => Promise<Buffer>;

const UNPACK: Readonly<Record<string, Unpack>> = {
  gzip: promisify<Buffer, ZlibOptions, Buffer>(gunzip),
  deflate: promisify<Buffer, ZlibOptions, Buffer>(inflate),
};

async function unpacked<Result>(
  { headers }: IncomingMessage,
  raw: Buffer,
  { limits, use }: { readonly limits: BodyLimits; readonly use: (body: Buffer) => Result },
): Promise<Result> {
  const encoding = (headers['content-encoding'] ?? 'identity').toLowerCase();
  if (encoding === 'identity') return use(raw);
  const unpack = Object.hasOwn(UNPACK, encoding) ? UNPACK[encoding] : undefined;
  if (!unpack) throw new RequestFault(415, `The content-encoding ${encoding} is unknown.`);
  // Used before the next one is unpacked.
  return inTurn(async () => use(await unpackAtMost(unpack, raw, { encoding, limits })));
}

async function unpackAtMost(
  unpack: Unpack,
  raw: Buffer,
  { encoding, limits }: { readonly encoding: string; readonly limits: BodyLimits },
): Promise<Buffer> {
  try {
    // Little of what is packed can be very much: that is not unpacked any further.
    return await unpack(raw, { maxOutputLength: limits.bodyBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw tooLarge(limits.bodyBytes);
    }
    throw new RequestFault(400, `The body is not ${encoding}: ${(error as Error).message}.`);
  }
}

function tooLarge(bytes: number): RequestFault {
  return new RequestFault(413, `A request takes at most ${bytes} bytes.`);
}

// Exporters keep it and try again.
function tooMany(): RequestFault {
  return new RequestFault(503, 'Too much is being sent at once.');
}
