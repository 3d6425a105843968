import { sharedMs } from './clock.js';
import {
  END_DEADLINE,
  FLUSH_DONE,
  FLUSH_FAILED,
  FLUSH_REQUESTED,
  IS_ENDING,
  UNSENT_RECORDS,
} from './protocol.js';
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

  isDone(queue: Pick<Queue, 'addedRecords' | 'settledRecords'>): boolean {
    if (this.#queuedUntil === undefined) {
      if (!this.#rings.every(({ ring, until }) => ring.hasReached(until))) return false;
      this.#queuedUntil = queue.addedRecords;
    }
    return queue.settledRecords >= this.#queuedUntil;
  }
}

/** Ticket of the flush somebody waits for; 0 for none. */
export function pendingFlush(control: Int32Array): number {
  const requested = Atomics.load(control, FLUSH_REQUESTED);
  return requested === Atomics.load(control, FLUSH_DONE) ? 0 : requested;
}

export function answerFlush(control: Int32Array, ticket: number, unsentRecords: number): void {
  Atomics.store(control, UNSENT_RECORDS, unsentRecords);
  Atomics.store(control, FLUSH_DONE, ticket);
  Atomics.notify(control, FLUSH_DONE);
}

/** Nobody is left who could do it, but whoever waits need not wait any longer. */
export function failFlush(control: Int32Array, ticket: number): void {
  Atomics.store(control, FLUSH_FAILED, ticket);
  answerFlush(control, ticket, 0);
}

export function isEnding(control: Int32Array): boolean {
  return Atomics.load(control, IS_ENDING) === 1;
}

/** The process is ending, and waits for so long. */
export function setEnding(control: Int32Array, timeoutMs: number): void {
  Atomics.store(control, END_DEADLINE, sharedMs() + timeoutMs);
  Atomics.store(control, IS_ENDING, 1);
}

/** How long an ending process still waits. */
export function leftToEndMs(control: Int32Array): number {
  return (Atomics.load(control, END_DEADLINE) - sharedMs()) | 0;
}
