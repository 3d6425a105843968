import type { ServerResponse } from 'node:http';
import { encodeMessage } from '../../src/receiver/otlp-messages.js';

/** How requests are answered. Empty: each is accepted with 200, as by a healthy collector. */
export interface Behaviour {
  /** Any HTTP status; below 300 the request counts as accepted. Default 200. */
  readonly status?: number;
  /** Value of the `Retry-After` header: seconds, or an HTTP date. */
  readonly retryAfter?: string | number;
  /** What an error answer says of its reason, as collectors do in a `google.rpc.Status`. */
  readonly message?: string;
  /** Answered as an `ExportLogsPartialSuccess`; with 0 rejected it is a warning. */
  readonly partialSuccess?: { readonly rejectedLogRecords: number; readonly errorMessage: string };
  /** The answer's body is no protobuf. */
  readonly garbage?: boolean;
  /** Milliseconds between reading a request and answering it. */
  readonly delayMs?: number;
  /** Read requests and never answer. */
  readonly hang?: boolean;
  /** Cut the connection instead of answering: after the headers, or after the whole body. */
  readonly drop?: 'headers' | 'body';
}

// Field 0 does not exist, and no varint has eleven bytes with the continuation bit set.
const GARBAGE = Buffer.from(`\0${'\xff'.repeat(11)}`, 'latin1');

/** Writes the answer; `behaviour` neither hangs nor drops. */
export function answer(response: ServerResponse, behaviour: Behaviour): void {
  const { status = 200, retryAfter } = behaviour;
  const body = answerBody(behaviour);

  response.writeHead(status, {
    'content-type': 'application/x-protobuf',
    'content-length': body.length,
    ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
  });
  response.end(body);
}

export function isAccepting({ status = 200 }: Behaviour): boolean {
  return status < 300;
}

function answerBody(behaviour: Behaviour): Uint8Array {
  const { garbage, message, partialSuccess } = behaviour;
  if (garbage) return GARBAGE;
  if (!isAccepting(behaviour)) return encodeMessage('RpcStatus', message ? { message } : {});
  return encodeMessage('ExportLogsServiceResponse', partialSuccess ? { partialSuccess } : {});
}
