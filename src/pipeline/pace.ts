import { monotonicMs } from './clock.js';

/** With a spool, a record is on disk so soon after its neighbour. */
export const DRAIN_DELAY_MS = 10;
/** Records so close are neighbours, and likely to have more. */
const NEIGHBOUR_MS = 2 * DRAIN_DELAY_MS;

export interface PaceOptions {
  /** How long a record may wait for neighbours. */
  readonly lingerMs: number;
  /** Least time between two requests while what waits is on disk. Default: none. */
  readonly intervalMs?: number;
  /** Default: the process's. */
  monotonicMs?(): number;
}

/** How often an exporter looks at its rings, and how often it asks for the collector's time. */
export class Pace {
  readonly #lingerMs: number;
  readonly #intervalMs: number;
  readonly #now: () => number;
  #lingerUntilMs = 0;
  #drainedAtMs = Number.NEGATIVE_INFINITY;
  #sentAtMs = Number.NEGATIVE_INFINITY;
  /** What was drained last came right after something else. One that comes alone needs no second look. */
  hasNeighbours = false;

  constructor(options: PaceOptions) {
    this.#lingerMs = options.lingerMs;
    this.#intervalMs = options.intervalMs ?? 0;
    this.#now = options.monotonicMs ?? monotonicMs;
  }

  /** @param wasEmpty Nothing was waiting for a request. */
  drained(wasEmpty: boolean): void {
    const nowMs = this.#now();
    if (wasEmpty) this.#lingerUntilMs = nowMs + this.#lingerMs;
    this.hasNeighbours = nowMs - this.#drainedAtMs < NEIGHBOUR_MS;
    this.#drainedAtMs = nowMs;
  }

  /** A request is sent. Answers when that is. */
  sends(): number {
    this.#sentAtMs = this.#now();
    return this.#sentAtMs;
  }

  /** A request costs a hundred times what a record does, and what is on disk can wait for the next. */
  dueAtMs(isOnDisk: boolean): number {
    if (!isOnDisk) return this.#lingerUntilMs;
    return Math.max(this.#lingerUntilMs, this.#sentAtMs + this.#intervalMs);
  }
}
