import type { IncomingMessage } from 'node:http';
import { USER_AGENT } from '../../pipeline/send.js';
import type { Destination } from './destination.js';
import { withoutSecrets } from './masked.js';

/** Of the collector's explanation. */
const MAX_TEXT = 160;
/** Of its answer that are read, at 64 KiB or less. */
const MAX_CHUNKS = 16;

/** Of a page: proxies say there what is wrong. */
const TITLE = /<title[^>]*>([^<]*)/i;

/** How the collector answers a request without records. */
export interface Answer {
  /** undefined: it did not answer. */
  readonly status?: number;
  /** Where it is to be found instead. */
  readonly location?: string;
  /** Its own words, if they are text. */
  readonly text?: string;
  /** Whether they are a page for a browser. */
  readonly isPage?: true;
  readonly error?: NodeJS.ErrnoException;
}

/** One request of the kind that carries records, with none in it. Never rejects. */
export async function ask(to: Destination, timeoutMs: number): Promise<Answer> {
  const { request } = await (to.isTls ? import('node:https') : import('node:http'));
  return new Promise(resolve => {
    const sent = request(to.url, {
      method: 'POST',
      headers: { 'User-Agent': USER_AGENT, ...to.headers, 'Content-Length': '0' },
      agent: to.agent,
      lookup: to.resolver.lookup,
      signal: AbortSignal.timeout(timeoutMs),
    });
    sent.on('response', response => {
      read(response).then(body => {
        sent.destroy();
        const text = textOf(body, response.headers['content-type'] ?? '');
        const answer = answerOf(response, withoutSecrets(text, to.headers));
        resolve(isPage(body, response) ? { ...answer, isPage: true } : answer);
      });
    });
    sent.on('error', error => resolve({ error }));
    sent.end();
  });
}

function answerOf({ statusCode, headers }: IncomingMessage, said: string): Answer {
  // Bytes of a terminal's language are none of ours to pass on.
  const text = said.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
  return {
    status: statusCode ?? 0,
    ...(headers.location !== undefined && { location: headers.location }),
    ...(text !== '' && { text: text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text }),
  };
}

// By both: there are collectors that call the word "OK" a page.
function isPage(body: Buffer, { headers }: IncomingMessage): boolean {
  const isCalledOne = headers['content-type']?.startsWith('text/html') ?? false;
  return isCalledOne && /<(!doctype html|html|head|body|title)\b/i.test(body.toString());
}

function textOf(body: Buffer, type: string): string {
  if (/^(text\/plain|application\/(\w+\+)?json)/.test(type)) return body.toString();
  if (type.startsWith('text/html')) return TITLE.exec(body.toString())?.[1] ?? '';
  return type.startsWith('application/x-protobuf') ? messageIn(body) : '';
}

/** `message` of a `google.rpc.Status`: field 2, behind the code, which is less than 128. */
function messageIn(body: Buffer): string {
  const at = body[0] === 0x08 ? 2 : 0;
  if (body[at] !== 0x12) return '';
  const length =
    body[at + 1]! & 0x80 ? (body[at + 1]! & 0x7f) | (body[at + 2]! << 7) : body[at + 1]!;
  const start = at + (length < 0x80 ? 2 : 3);
  return body.toString('utf8', start, start + length);
}

async function read(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of response) {
      chunks.push(chunk);
      if (chunks.length > MAX_CHUNKS) break;
    }
  } catch {
    // What came counts.
  }
  return Buffer.concat(chunks);
}
