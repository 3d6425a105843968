import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { countRecords } from '../src/receiver/otlp-messages.js';
import { LOGS_PATH } from '../test/receiver/received-request.js';

/** More than one run sends. */
const ROOM_BYTES = 64 * 1024 * 1024;
/** A body that comes in chunks does not say how long it is. */
const MOST_UNANNOUNCED_BYTES = 1024 * 1024;

export async function createCollector(): Promise<Collector> {
  const collector = new Collector();
  await collector.listen();
  return collector;
}

/**
 * The far end of what is measured, on the same two cores: while a program runs, it does no more than
 * to copy what comes into memory that is there already. What that was is counted between runs.
 */
export class Collector {
  readonly #server = createServer((incoming, response) => this.#take(incoming, response));
  // Touched once: else each run would wait for the kernel to wipe fresh pages.
  readonly #room = Buffer.alloc(ROOM_BYTES, 1);
  #bodies: Buffer[] = [];
  #used = 0;
  #records = 0;

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async listen(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  /** To be called when a program has ended. @returns Records received so far. */
  count(): number {
    for (const body of this.#bodies) this.#records += countRecords(body);
    this.#bodies = [];
    this.#used = 0;
    return this.#records;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  #take(incoming: IncomingMessage, response: ServerResponse): void {
    const announced = Number(incoming.headers['content-length'] ?? MOST_UNANNOUNCED_BYTES);
    const body = this.#reserve(announced);
    let length = 0;
    incoming.on('data', (chunk: Buffer) => {
      length += chunk.copy(body, length);
    });
    incoming.on('end', () => {
      if (incoming.url === LOGS_PATH && incoming.complete) {
        this.#bodies.push(body.subarray(0, length));
      }
      this.#giveBack(body, length);
      response.end();
    });
  }

  // Unless something has come behind it meanwhile.
  #giveBack(body: Buffer, length: number): void {
    const isLast = body.byteOffset + body.length === this.#room.byteOffset + this.#used;
    if (body.buffer === this.#room.buffer && isLast) this.#used -= body.length - length;
  }

  #reserve(bytes: number): Buffer {
    if (this.#used + bytes > ROOM_BYTES) return Buffer.alloc(bytes);
    const start = this.#used;
    this.#used += bytes;
    return this.#room.subarray(start, this.#used);
  }
}
