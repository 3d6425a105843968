import type { LogRecord } from '../log-record.js';
import { monotonicMs } from '../pipeline/clock.js';
import { ERROR } from '../severity.js';
import { RateLimit } from './rate-limit.js';
import { Repeats } from './repeats.js';

/** A gap that whoever looks at a dashboard does not take for an outage. */
const MAX_PENDING_MS = 5_000;
// Taken once: the application's tests may replace it by a timer that never fires.
const later = setTimeout;

export interface NoiseOptions {
  /** Of records for which no rule says otherwise. */
  readonly hasFold: boolean;
  /** The same. Infinity: no limit. */
  readonly perSecond: number;
  /** How long what was held back may go untold. */
  readonly maxPendingMs?: number;
  nowMs?(): number;
  /** Takes what is to be sent. Must not throw. */
  write(record: LogRecord): void;
}

/**
 * Holds back what one thread says again and again, below ERROR, and tells how much that was: within
 * five seconds, before the next record that is different, and at the end.
 */
export class Noise {
  readonly #options: NoiseOptions;
  readonly #repeats: Repeats;
  readonly #limit: RateLimit;
  readonly #maxPendingMs: number;
  readonly #nowMs: () => number;
  #isEnding = false;
  /** When what is pending has to be told; a timer runs meanwhile. */
  #dueAtMs = Number.POSITIVE_INFINITY;
  #hasTimer = false;

  constructor(options: NoiseOptions) {
    this.#options = options;
    this.#repeats = new Repeats(options.write);
    this.#limit = new RateLimit(options.write);
    this.#maxPendingMs = options.maxPendingMs ?? MAX_PENDING_MS;
    this.#nowMs = options.nowMs ?? monotonicMs;
  }

  /** Sends the record, or counts it. */
  take(record: LogRecord): void {
    const { hasFold, perSecond, write } = this.#options;
    const isExempt = this.#isEnding || record.severityNumber >= ERROR;
    const isFolded = !isExempt && (record.noise?.fold ?? hasFold);
    // A loop that blocks keeps timers from firing.
    const nowMs = this.#nowMs();
    if (nowMs >= this.#dueAtMs) this.settle();

    if (isFolded && this.#repeats.count(record)) {
      this.#hold(nowMs);
      return;
    }
    this.#repeats.end();
    if (!this.#limit.hasPending) this.#dueAtMs = Number.POSITIVE_INFINITY;
    const limit = isExempt ? Number.POSITIVE_INFINITY : (record.noise?.perSecond ?? perSecond);
    if (limit < Number.POSITIVE_INFINITY && !this.#limit.admit(record, limit, nowMs)) {
      this.#hold(nowMs);
      return;
    }
    write(record);
    if (isFolded) this.#repeats.begin(record);
  }

  /** Tells of all that is held back. */
  settle(): void {
    this.#dueAtMs = Number.POSITIVE_INFINITY;
    try {
      this.#repeats.settle();
      this.#limit.settle();
    } catch {
      // Called by a timer and at the end, where an error of ours would be the program's.
    }
  }

  /** As `settle`, and from here on nothing is held back. */
  end(): void {
    this.#isEnding = true;
    this.settle();
  }

  /** There was no end after all. */
  resume(): void {
    this.#isEnding = false;
  }

  #hold(nowMs: number): void {
    if (this.#dueAtMs === Number.POSITIVE_INFINITY) this.#dueAtMs = nowMs + this.#maxPendingMs;
    if (!this.#hasTimer) this.#startTimer(this.#maxPendingMs);
  }

  // What it was started for may have been told since: it then goes on for what is pending now.
  #startTimer(delayMs: number): void {
    this.#hasTimer = true;
    const onTime = () => {
      this.#hasTimer = false;
      if (!this.#repeats.hasPending && !this.#limit.hasPending) return;
      const leftMs = this.#dueAtMs - this.#nowMs();
      if (leftMs > 0) this.#startTimer(leftMs);
      else this.settle();
    };
    later(onTime, delayMs).unref();
  }
}
