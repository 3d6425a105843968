import type { RingAnnouncement } from '../pipeline/protocol.js';
import { RingReader } from '../pipeline/ring.js';
import type { Orphan } from './orphan.js';
import { Orphans, type OrphansOptions } from './orphans.js';
import { HEARTBEAT_MS } from './own-spool.js';
import { sayDamaged } from './say-damaged.js';

/** First look, second look, every look after it. */
const LOOK_DELAYS_MS = [1_000, 6_500, 30_000];

export interface ReplayOptions extends OrphansOptions {
  /** There is something to deliver. */
  onFound(): void;
}

/** Brings what dead processes left, one after the other, in the background. */
export class Replay {
  readonly #orphans: Orphans;
  readonly #onFound: () => void;
  #current: Orphan | undefined;
  #looks = 0;

  constructor(options: ReplayOptions) {
    this.#orphans = new Orphans(options);
    this.#onFound = options.onFound;
    setInterval(() => this.#keepAlive(), HEARTBEAT_MS).unref();
    this.#lookLater();
  }

  /** What is being delivered now. */
  get current(): Orphan | undefined {
    return this.#current;
  }

  /**
   * Left by an exporter thread of this process. To be called before anything is exported.
   *
   * @param rings What they hold is exported from there; what had no room in them, from the folder.
   */
  takeOver(name: string, rings: Iterable<RingAnnouncement>): void {
    const orphan = this.#orphans.claim(name);
    this.#current = orphan;
    if (orphan === undefined) return;
    for (const { ringId, ring } of rings) {
      const reader = new RingReader(ring);
      orphan.leaveFrom(ringId, reader.position);
      reader.overflowRead(reader.unreadOverflow().to);
    }
  }

  /** All of it is delivered. */
  finish(): void {
    const orphan = this.#current!;
    orphan.remove();
    sayDamaged(orphan);
    this.#current = undefined;
    this.#look();
  }

  /** There is no time: it is left to others. */
  abandon(): void {
    this.#current?.close();
    this.#current = undefined;
  }

  #look(): void {
    if (this.#current !== undefined) return;
    this.#current = this.#orphans.claimNext();
    if (this.#current !== undefined) this.#onFound();
  }

  #lookLater(): void {
    const delayMs = LOOK_DELAYS_MS[Math.min(this.#looks++, LOOK_DELAYS_MS.length - 1)]!;
    setTimeout(() => {
      this.#look();
      this.#lookLater();
    }, delayMs).unref();
  }

  #keepAlive(): void {
    if (this.#current !== undefined) Orphans.keepAlive(this.#current);
  }
}
