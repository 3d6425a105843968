import type { IncomingMessage } from 'node:http';
import { USER_AGENT } from '../../pipeline/send.js';
import type { Destination } from './destination.js';
import { withoutSecrets } from './masked.js';

/** Of the collector's explanation. */
const MAX_TEXT = 160;

/** How the collector answers a request without records. */
export interface Answer {
  /** undefined: it did not answer. */
  readonly status?: number;
  /** Where it is to be found instead. */
  readonly location?: string;
  /** Its own words, if they are text. */
  readonly text?: string;
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
      read(response).then(text => {
        sent.destroy();
        resolve(answerOf(response, withoutSecrets(text, to.headers)));
      });
    });
    sent.on('error', error => resolve({ error }));
    sent.end();
  });
}

function answerOf({ statusCode, headers }: IncomingMessage, body: string): Answer {
  const isText = /^(text\/plain|application\/(\w+\+)?json)/.test(headers['content-type'] ?? '');
  // Bytes of a terminal's language are none of ours to pass on.
  const text = isText ? body.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim() : '';
  return {
    status: statusCode ?? 0,
    ...(headers.location !== undefined && { location: headers.location }),
    ...(text !== '' && { text: text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text }),
  };
}

async function read(response: IncomingMessage): Promise<string> {
  let text = '';
  try {
    for await (const chunk of response.setEncoding('utf8')) {
      text += chunk;
      if (text.length > 10 * MAX_TEXT) break;
    }
  } catch {
    // What came counts.
  }
  return text;
}
