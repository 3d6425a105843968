import type { ServerResponse } from 'node:http';
import type { LiveBatch } from '../api.js';
import { type Entry, toListed } from '../entry.js';
import { matches } from '../filter/match.js';
import type { Filter } from '../filter/parse-filter.js';

/** At most ten batches a second: see api.ts. */
const BATCH_MS = 100;
const MAX_BATCH = 500;
/** Attributes may be as long as a request. */
const MAX_BATCH_CHARACTERS = 4 * 1024 * 1024;
/** A page that has not read that much yet gets no more until it has. */
const MAX_UNREAD_BYTES = 1024 * 1024;
/** Proxies and laptops that slept: whoever is gone is noticed by writing. */
const HEARTBEAT_MS = 15_000;
const MAX_CLIENTS = 32;

interface Client {
  readonly filter: Filter;
  readonly response: ServerResponse;
  /** The newest ones, at most a batch. */
  waiting: Entry[];
  skipped: number;
}

/** Streams of what arrives, one for each page that listens. */
export class Live {
  readonly #clients = new Set<Client>();
  #timer: NodeJS.Timeout | undefined;
  #heartbeat: NodeJS.Timeout | undefined;

  /** False if there are too many already. */
  open(response: ServerResponse, filter: Filter): boolean {
    if (this.#clients.size >= MAX_CLIENTS) return false;
    const client: Client = { filter, response, waiting: [], skipped: 0 };
    this.#clients.add(client);
    response.on('close', () => this.#clients.delete(client));
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('retry: 1000\n\n');
    this.#heartbeat ??= setInterval(() => this.#writeAll(':\n\n'), HEARTBEAT_MS).unref();
    return true;
  }

  show(entries: readonly Entry[]): void {
    for (const client of this.#clients) {
      const matching = entries.filter(entry => matches(entry, client.filter));
      if (matching.length === 0) continue;
      const all = [...client.waiting, ...matching];
      client.waiting = newestThatFit(all);
      client.skipped += all.length - client.waiting.length;
      this.#timer ??= setTimeout(() => this.#send(), BATCH_MS);
    }
  }

  cleared(): void {
    for (const client of this.#clients) {
      client.waiting = [];
      client.skipped = 0;
    }
    this.#writeAll('event: cleared\ndata: {}\n\n');
  }

  close(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#heartbeat);
    for (const { response } of this.#clients) response.end();
  }

  #send(): void {
    this.#timer = undefined;
    for (const client of this.#clients) {
      if (client.waiting.length === 0) continue;
      if (client.response.writableLength > MAX_UNREAD_BYTES) {
        this.#timer ??= setTimeout(() => this.#send(), BATCH_MS);
        continue;
      }
      const { waiting, skipped } = client;
      const batch: LiveBatch = { records: waiting.map(toListed), skipped };
      client.waiting = [];
      client.skipped = 0;
      client.response.write(`event: records\ndata: ${JSON.stringify(batch)}\n\n`);
    }
  }

  #writeAll(text: string): void {
    for (const { response } of this.#clients) {
      if (response.writableLength <= MAX_UNREAD_BYTES) response.write(text);
    }
  }
}

// Always the newest one, however long it is.
function newestThatFit(all: readonly Entry[]): Entry[] {
  let left = MAX_BATCH_CHARACTERS;
  const end = all.length - 1;
  let start = end;
  for (; start > 0 && end - start + 1 < MAX_BATCH; start--) {
    const { body, attributes } = all[start - 1]!;
    left -= body.length + attributes.length;
    if (left < 0) break;
  }
  return all.slice(start);
}
