import { performance } from 'node:perf_hooks';
import { floor, round, toBigInt, toNumber } from '../convert/intrinsics.js';

// Taken once: test runners with fake timers replace these, and a record's time is never fake.
export const monotonicMs = performance.now.bind(performance);
const wallMs = Date.now;
const hrtime = process.hrtime.bind(process);

const TWO_TO_32 = 0x1_0000_0000;
/** Suspend and NTP move wall time against monotonic time; below this it is only slewing. */
const MAX_DRIFT_MS = 50;
/** How long a drift may go unnoticed. A look at wall time costs as much as the reading itself. */
const DRIFT_CHECK_INTERVAL_MS = 100;
/** Wall time went back: ours runs at this rate until it has been caught up with, but never back. */
const CATCH_UP_RATE = 0.5;

/**
 * The one clock that all threads of a process share, in milliseconds and 32 bits: only the difference
 * of two readings, in 32 bits again, means something.
 */
export function sharedMs(): number {
  // Not destructured: that would use the iterator of arrays.
  const time = hrtime();
  return (time[0] * 1000 + floor(time[1] / 1e6)) | 0;
}

/**
 * Nanoseconds since the Unix epoch: monotonic, anchored to wall time, never stepping back within a
 * thread. The reading is left in two fields, because a number cannot hold it and a bigint costs
 * three times the clock. The lower one has a sign: a number beyond 31 bits is kept by the engine in
 * an object of its own, a new one wherever it is passed on.
 */
export class Clock {
  high = 0;
  low = 0;
  readonly #monotonicMs: () => number;
  readonly #wallMs: () => number;
  #anchorMonotonicMs = 0;
  #anchorWallMs = 0;
  #anchorHigh = 0;
  #anchorLow = 0;
  #rate = 1;
  #checkAtMs = 0;

  constructor(
    source: { monotonicMs(): number; wallMs(): number; originMs: number } = {
      monotonicMs,
      wallMs,
      originMs: performance.timeOrigin,
    },
  ) {
    this.#monotonicMs = source.monotonicMs;
    this.#wallMs = source.wallMs;
    const now = this.#monotonicMs();
    this.#anchorAtWall(now, source.originMs + now);
  }

  /** Reads the time into `high` and `low`. */
  read(): void {
    const now = this.#monotonicMs();
    if (now >= this.#checkAtMs) this.#check(now);
    this.#readAt(now);
  }

  #readAt(now: number): void {
    const elapsedNs = round((now - this.#anchorMonotonicMs) * this.#rate * 1e6);
    const low = this.#anchorLow + (elapsedNs % TWO_TO_32);
    const carry = low >= TWO_TO_32 ? 1 : 0;
    this.low = low | 0;
    this.high = this.#anchorHigh + floor(elapsedNs / TWO_TO_32) + carry;
  }

  #check(now: number): void {
    this.#checkAtMs = now + DRIFT_CHECK_INTERVAL_MS;
    const oursMs = this.#anchorWallMs + (now - this.#anchorMonotonicMs) * this.#rate;
    const driftMs = this.#wallMs() - oursMs;

    if (driftMs > MAX_DRIFT_MS) this.#anchorAtWall(now, oursMs + driftMs);
    else if (driftMs < -MAX_DRIFT_MS) this.#anchorAtReading(now, oursMs, CATCH_UP_RATE);
    else if (this.#rate !== 1) this.#anchorAtReading(now, oursMs, 1);
  }

  #anchorAtWall(now: number, wallNowMs: number): void {
    const wholeMs = floor(wallNowMs);
    const ns = toBigInt(wholeMs) * 1_000_000n + toBigInt(round((wallNowMs - wholeMs) * 1e6));
    this.#anchorHigh = toNumber(ns >> 32n);
    this.#anchorLow = toNumber(ns & 0xffff_ffffn);
    this.#anchor(now, wallNowMs, 1);
  }

  // From exactly what was read last: milliseconds since 1970 are exact to a quarter of a
  // microsecond only, and rounding them would step back by that.
  #anchorAtReading(now: number, oursMs: number, rate: number): void {
    this.#readAt(now);
    this.#anchorHigh = this.high;
    this.#anchorLow = this.low >>> 0;
    this.#anchor(now, oursMs, rate);
  }

  #anchor(now: number, wallNowMs: number, rate: number): void {
    this.#anchorMonotonicMs = now;
    this.#anchorWallMs = wallNowMs;
    this.#rate = rate;
    this.#checkAtMs = now + DRIFT_CHECK_INTERVAL_MS;
  }
}
