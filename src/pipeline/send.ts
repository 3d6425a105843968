import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { gzipSync } from 'node:zlib';
import { convertLegacyHttpOptions } from '@opentelemetry/otlp-exporter-base/node-http';
import { LOGS } from '../otlp-signal.js';
import { packageVersion } from '../package-version.js';
import { monotonicMs } from './clock.js';
import { parsePartialSuccess } from './partial-success.js';
import { AddressResolver } from './resolve-address.js';
import { isRetryableStatus, mayBeOneRecord, type Outcome, parseRetryAfterMs } from './retry.js';

/** A collector has little to say; what it says beyond this is not read. */
const MAX_RESPONSE_BYTES = 64 * 1024;
export const USER_AGENT = `emp-otel-register/${packageVersion}`;

type HttpModule = {
  request(
    url: string,
    options: RequestOptions,
    callback: (response: IncomingMessage) => void,
  ): ClientRequest;
};

/** Headers, TLS files, compression and timeout come from `OTEL_EXPORTER_OTLP_*`, as for any OTel exporter. */
export function readSettings(url: string, { name, path } = LOGS) {
  return convertLegacyHttpOptions({ url }, name, path.slice(1), {
    'Content-Type': 'application/x-protobuf',
  });
}

/** One HTTP attempt at a time. When to try again is decided elsewhere. */
export class Sender {
  readonly url: string;
  readonly #settings: ReturnType<typeof readSettings>;
  readonly #resolver = new AddressResolver();
  #deadline: Deadline | undefined;
  #transport: Promise<{ http: HttpModule; agent: Agent }> | undefined;

  constructor(url: string, signal = LOGS) {
    this.url = url;
    this.#settings = readSettings(url, signal);
  }

  /** Never rejects. */
  async send(body: Buffer, timeoutMs = this.#settings.timeoutMillis): Promise<Outcome> {
    const deadline = new Deadline(timeoutMs);
    this.#deadline = deadline;
    try {
      const isCompressed = this.#settings.compression === 'gzip';
      const content = isCompressed ? gzipSync(body) : body;
      const headers = {
        'User-Agent': USER_AGENT,
        ...(await this.#settings.headers()),
        'Content-Length': String(content.length),
        ...(isCompressed && { 'Content-Encoding': 'gzip' }),
      };
      return await this.#attempt(content, headers, deadline, true);
    } catch (error) {
      // A header with a line break, a certificate that is none: no attempt will go better.
      return { kind: 'refused', reason: messageOf(error), mayBeOneRecord: false };
    } finally {
      deadline.clear();
    }
  }

  /** The attempt under way, if any, gets no more than so long from now. */
  hurry(timeoutMs: number): void {
    this.#deadline?.shorten(timeoutMs);
  }

  async #attempt(
    content: Buffer,
    headers: Record<string, string>,
    deadline: Deadline,
    mayRepeat: boolean,
  ): Promise<Outcome> {
    this.#transport ??= this.#loadTransport();
    const { http, agent } = await this.#transport;
    const attempt = await post(http, this.url, content, {
      method: 'POST',
      headers,
      agent,
      lookup: this.#resolver.lookup,
      signal: deadline.signal,
    });
    // The collector closed an idle connection in the moment we used it: not its failure.
    // https://nodejs.org/api/http.html#requestreusedsocket
    if (attempt.isStaleSocket && mayRepeat) {
      return this.#attempt(content, headers, deadline, false);
    }
    if (attempt.hasNoConnection) this.#resolver.forget();
    return attempt.outcome;
  }

  async #loadTransport(): Promise<{ http: HttpModule; agent: Agent }> {
    const { protocol } = new URL(this.url);
    const http = await (protocol === 'https:' ? import('node:https') : import('node:http'));
    return { http, agent: await this.#settings.agentFactory(protocol) };
  }
}

/** Ends an attempt that takes too long; may come nearer, never go further away. */
class Deadline {
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #atMs = Infinity;

  constructor(timeoutMs: number) {
    this.shorten(timeoutMs);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  shorten(timeoutMs: number): void {
    const atMs = monotonicMs() + timeoutMs;
    if (atMs >= this.#atMs) return;
    this.#atMs = atMs;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#controller.abort(new Error(`no answer within ${timeoutMs} ms`));
    }, timeoutMs);
  }

  clear(): void {
    this.#atMs = -Infinity;
    clearTimeout(this.#timer);
  }
}

interface Attempt {
  readonly outcome: Outcome;
  readonly isStaleSocket?: boolean;
  readonly hasNoConnection?: boolean;
}

const STALE_SOCKET_CODES: ReadonlySet<string | undefined> = new Set(['ECONNRESET', 'EPIPE']);

function post(
  http: HttpModule,
  url: string,
  content: Buffer,
  options: RequestOptions,
): Promise<Attempt> {
  return new Promise(resolve => {
    let isAnswered = false;
    const request = http.request(url, options, response => {
      isAnswered = true;
      readAnswer(response).then(outcome => {
        // Answered before all was sent: what is left must not follow, for its memory is used again.
        if (!request.writableFinished) request.destroy();
        resolve({ outcome });
      });
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      // A collector may answer before it has read everything, and then hang up: the answer counts.
      if (isAnswered) return;
      const { signal } = options;
      const isStaleSocket = request.reusedSocket && STALE_SOCKET_CODES.has(error.code);
      const reason = messageOf(signal?.aborted ? signal.reason : error);
      const outcome = { kind: 'retryable', reason } as const;
      resolve({ outcome, isStaleSocket, hasNoConnection: !request.reusedSocket });
    });
    request.end(content);
  });
}

async function readAnswer(response: IncomingMessage): Promise<Outcome> {
  const status = response.statusCode ?? 0;
  const body = await readBody(response);
  if (status >= 200 && status < 300) {
    const { rejectedRecords, message } = parsePartialSuccess(body);
    return { kind: 'accepted', status, rejectedRecords, message };
  }
  const reason = `HTTP ${status}`;
  if (!isRetryableStatus(status)) {
    return { kind: 'refused', status, reason, mayBeOneRecord: mayBeOneRecord(status) };
  }
  const retryAfterMs = parseRetryAfterMs(response.headers['retry-after'], Date.now());
  return { kind: 'retryable', reason, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

// The status counts even when the body breaks off.
function readBody(response: IncomingMessage): Promise<Buffer> {
  return new Promise(resolve => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_RESPONSE_BYTES) chunks.push(chunk);
      else response.destroy();
    });
    response.on('error', () => {});
    response.on('close', () => resolve(Buffer.concat(chunks)));
  });
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') {
    return error.errors.map(messageOf).join('; ');
  }
  return error instanceof Error ? error.message : String(error);
}
