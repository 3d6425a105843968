import type { Queue } from './queue.js';
import type { RingReader } from './ring.js';

/**
 * What one flush waits for: the records written before it was noticed. Not those that came later,
 * or a worker thread that logs without pause would hold up the end of the process.
 */
export class Flush {
  readonly ticket: number;
  readonly #rings: readonly { readonly ring: RingReader; readonly until: number }[];
  #queuedUntil: number | undefined;

  constructor(ticket: number, rings: Iterable<RingReader>) {
    this.ticket = ticket;
    this.#rings = [...rings].map(ring => ({ ring, until: ring.written() }));
  }

  /** @param settledBytes How far into the queue records were delivered or dropped. */
  isDone(queue: Queue, settledBytes: number): boolean {
    if (this.#queuedUntil === undefined) {
      if (!this.#rings.every(({ ring, until }) => ring.hasReached(until))) return false;
      this.#queuedUntil = queue.addedBytes;
    }
    return settledBytes >= this.#queuedUntil;
  }
}
