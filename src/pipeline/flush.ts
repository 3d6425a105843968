import { atomicLoad, atomicNotify, atomicStore } from '../convert/intrinsics.js';
import { sharedMs } from './clock.js';
import {
  END_DEADLINE,
  FLUSH_DELIVERED,
  FLUSH_DIED,
  FLUSH_DONE,
  FLUSH_LEFT_SOME,
  FLUSH_OUTCOME,
  FLUSH_REQUESTED,
  IS_ENDING,
} from './protocol.js';
import type { Queue } from './queue.js';
import type { RingReader } from './ring.js';

/**
 * What one flush waits for: the records written before it was noticed. Not those that came later,
 * or a worker thread that logs without pause would hold up the end of the process.
 */
export class Flush {
  readonly ticket: number;
  #rings: readonly { readonly ring: RingReader; readonly until: number }[];
  #queuedUntil: number | undefined;
  #isExtended = false;

  constructor(ticket: number, rings: Iterable<RingReader>) {
    this.ticket = ticket;
    this.#rings = written(rings);
  }

  /** The process ends after it; and it was not extended yet. */
  isLast(control: Int32Array): boolean {
    return isEnding(control) && !this.#isExtended;
  }

  /** Once: waits for what is written now as well. */
  extend(rings: Iterable<RingReader>): void {
    if (this.#isExtended) return;
    this.#isExtended = true;
    this.#rings = written(rings);
    this.#queuedUntil = undefined;
  }

  isDone(queue: Pick<Queue, 'addedRecords' | 'settledRecords'>): boolean {
    if (this.#queuedUntil === undefined) {
      if (!this.#rings.every(({ ring, until }) => ring.hasReached(until))) return false;
      this.#queuedUntil = queue.addedRecords;
    }
    return queue.settledRecords >= this.#queuedUntil;
  }
}

function written(rings: Iterable<RingReader>) {
  return [...rings].map(ring => ({ ring, until: ring.written() }));
}

/** Ticket of the flush somebody waits for; 0 for none. */
export function pendingFlush(control: Int32Array): number {
  const requested = atomicLoad(control, FLUSH_REQUESTED);
  return requested === atomicLoad(control, FLUSH_DONE) ? 0 : requested;
}

/** Answers that flush and all before it. */
export function answerFlush(control: Int32Array, ticket: number, isDelivered: boolean): void {
  answer(control, ticket, isDelivered ? FLUSH_DELIVERED : FLUSH_LEFT_SOME);
}

/** Nobody is left who could do it, but whoever waits need not wait any longer. */
export function failFlush(control: Int32Array, ticket: number): void {
  answer(control, ticket, FLUSH_DIED);
}

export function isEnding(control: Int32Array): boolean {
  return atomicLoad(control, IS_ENDING) === 1;
}

/** The process is ending, and waits for so long. */
export function setEnding(control: Int32Array, timeoutMs: number): void {
  atomicStore(control, END_DEADLINE, sharedMs() + timeoutMs);
  atomicStore(control, IS_ENDING, 1);
}

/** How long an ending process still waits. */
export function leftToEndMs(control: Int32Array): number {
  return (atomicLoad(control, END_DEADLINE) - sharedMs()) | 0;
}

// The outcome first: whoever sees that the flush is done reads it.
function answer(control: Int32Array, ticket: number, outcome: number): void {
  atomicStore(control, FLUSH_OUTCOME, outcome);
  atomicStore(control, FLUSH_DONE, ticket);
  atomicNotify(control, FLUSH_DONE);
}
