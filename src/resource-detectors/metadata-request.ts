import type { ClientRequest, IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Host } from './host.js';

type FetchText = Host['fetchText'];

// Silence that long is a dead service; the caller's signal bounds the whole.
const SILENCE_MS = 1000;

// Metadata documents have a few KiB.
const MAX_ANSWER_BYTES = 64 * 1024;

/**
 * One plain HTTP request to an IP address: a name would be looked up on libuv's thread pool.
 * It cannot keep its thread alive. Nothing instruments it, because a worker has modules of its
 * own and our preload does not patch them.
 */
export const fetchText: FetchText = async (url, { method = 'GET', headers = {}, signal }) => {
  try {
    if (isIP(new URL(url).hostname.replace(/^\[|\]$/g, '')) === 0) return undefined;
    // Loaded here because only machines in a cloud ever come by.
    const { request } = await import('node:http');
    // No agent: the shared one keeps sockets, and obeys NODE_USE_ENV_PROXY, but metadata is link-local.
    return await answerTo(
      request(url, { method, headers, signal, agent: false, timeout: SILENCE_MS }),
    );
  } catch {
    return undefined;
  }
};

// Every way for a request to end settles it: an answer, an error, an abort, a reset half-way.
function answerTo(request: ClientRequest): Promise<string | undefined> {
  return new Promise(resolve => {
    const giveUp = () => {
      resolve(undefined);
      request.destroy();
    };
    request.on('socket', socket => socket.unref());
    request.on('error', giveUp);
    request.on('timeout', giveUp);
    request.on('close', giveUp);
    request.on('response', response => readAnswer(response, resolve, giveUp));
    request.end();
  });
}

function readAnswer(
  response: IncomingMessage,
  done: (text: string) => void,
  giveUp: () => void,
): void {
  if (response.statusCode !== 200) {
    giveUp();
    return;
  }
  const parts: Buffer[] = [];
  let bytes = 0;
  response.on('data', (part: Buffer) => {
    bytes += part.length;
    if (bytes > MAX_ANSWER_BYTES) giveUp();
    else parts.push(part);
  });
  response.on('error', giveUp);
  response.on('end', () => done(Buffer.concat(parts).toString('utf8')));
}
