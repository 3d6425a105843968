import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { gunzipSync, inflateSync } from 'node:zlib';
import { countRecords } from '../../src/receiver/otlp-messages.js';

/** One HTTP request, whatever it was answered. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as they were sent. */
  readonly rawHeaders: readonly string[];
  /** Size of the body on the wire, compressed or not. */
  readonly wireBytes: number;
  /** Decompressed; empty if that failed. */
  readonly body: Uint8Array;
  /** Log records, spans or metrics in it; 0 if it is no OTLP. */
  readonly recordCount: number;
  readonly receivedAtMs: number;
  /** Of the sender's end of the connection. */
  readonly remotePort: number | undefined;
  /** Set when it was answered: it stays undefined for one that was left hanging or cut. */
  readonly status: number | undefined;
}

/** A fault is what even a healthy collector would refuse the request for. */
export interface Intake {
  readonly request: ReceivedRequest;
  readonly fault?: { readonly status: number; readonly message: string };
}

export const LOGS_PATH = '/v1/logs';
export const TRACES_PATH = '/v1/traces';
export const METRICS_PATH = '/v1/metrics';

const PATHS: readonly string[] = [LOGS_PATH, TRACES_PATH, METRICS_PATH];

/** Reads a request to its end. Undefined if the sender went away before. */
export async function takeIn(incoming: IncomingMessage): Promise<Intake | undefined> {
  const raw = await readAll(incoming);
  if (!raw) return undefined;

  const fault = faultOfHead(incoming);
  if (fault) return { request: toRequest(incoming, raw, new Uint8Array(), 0), fault };

  try {
    const body = decompress(raw, incoming.headers['content-encoding']);
    return { request: toRequest(incoming, raw, body, countRecords(body)) };
  } catch (error) {
    const message = `The body cannot be read: ${(error as Error).message}.`;
    return {
      request: toRequest(incoming, raw, new Uint8Array(), 0),
      fault: { status: 400, message },
    };
  }
}

function toRequest(
  incoming: IncomingMessage,
  raw: Buffer,
  body: Uint8Array,
  recordCount: number,
): ReceivedRequest {
  return {
    method: incoming.method ?? '',
    path: incoming.url ?? '',
    headers: incoming.headers,
    rawHeaders: incoming.rawHeaders,
    wireBytes: raw.length,
    body,
    recordCount,
    receivedAtMs: Date.now(),
    remotePort: incoming.socket.remotePort,
    status: undefined,
  };
}

async function readAll(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
  } catch {
    // The sender was killed or timed out in the middle: nothing was received, and a collector
    // would not count it either.
    return undefined;
  }
  return Buffer.concat(chunks);
}

function faultOfHead({ method, url, headers }: IncomingMessage): Intake['fault'] {
  if (!PATHS.includes(url ?? '')) {
    return { status: 404, message: `${url} is none of ${PATHS.join(', ')}.` };
  }
  if (method !== 'POST') return { status: 405, message: `${method} is not POST.` };

  const type = headers['content-type'];
  if (type === 'application/x-protobuf') return undefined;
  return { status: 415, message: `${type} is not application/x-protobuf.` };
}

function decompress(raw: Buffer, encoding = 'identity'): Uint8Array {
  switch (encoding) {
    case 'identity':
      return raw;
    case 'gzip':
      return gunzipSync(raw);
    case 'deflate':
      return inflateSync(raw);
    default:
      throw new Error(`content-encoding ${encoding} is unknown`);
  }
}
