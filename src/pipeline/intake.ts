import type { RingAnnouncement } from './protocol.js';
import type { Queue } from './queue.js';
import { RingReader } from './ring.js';
import { leastSeverityAt, type SeverityFilter } from './severity-filter.js';
import { SeverityTally } from './severity-tally.js';

export interface IntakeOptions {
  readonly queue: Pick<Queue, 'add' | 'addedRecords' | 'drain' | 'end'>;
  /** Share of what may be held. */
  fill(): number;
  /** The collector has taken nothing of late. */
  isFailing(): boolean;
  onDropped(records: SeverityTally): void;
  /** Entries of what had no room in that ring, which are in a file. */
  readOverflow?(ringId: number, from: number, to: number): Iterable<Buffer>;
}

/** Drains the rings of all threads into the queue. */
export class Intake {
  readonly #options: IntakeOptions;
  readonly #rings = new Map<number, RingReader>();

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  get rings(): Iterable<RingReader> {
    return this.#rings.values();
  }

  takeIn({ ringId, ring, ends }: RingAnnouncement): void {
    if (!this.#rings.has(ringId)) this.#rings.set(ringId, new RingReader(ring, ends));
  }

  hasFrames(): boolean {
    for (const ring of this.#rings.values()) if (ring.hasFrames()) return true;
    return false;
  }

  /**
   * A collector that takes what it gets slows the program down, rather than lose records. One that
   * does not must not: then the less severe ones are dropped.
   */
  mustWait(): boolean {
    return !this.#options.isFailing() && this.#options.fill() >= 1;
  }

  /**
   * Takes what there is. A ring that was drained goes to the end: when memory is full, the others
   * are next.
   *
   * @returns Whether there was anything to keep.
   */
  drain(): boolean {
    const { queue, onDropped } = this.#options;
    const { addedRecords } = queue;
    for (const [ringId, ring] of [...this.#rings]) {
      const dropped = new SeverityTally();
      dropped.add(0, ring.takeDropped());
      if (ring.hasFrames() && !this.mustWait()) {
        this.#rings.delete(ringId);
        this.#rings.set(ringId, ring);
        this.#drainRing(ringId, ring, dropped);
      }
      if (!this.mustWait()) this.#takeOverflow(ringId, ring, dropped);
      if (dropped.total > 0) onDropped(dropped);
      if (ring.isOver() && !hasOverflow(ring)) {
        this.#rings.delete(ringId);
        queue.end(ringId);
      }
    }
    return queue.addedRecords > addedRecords;
  }

  #drainRing(ringId: number, ring: RingReader, dropped: SeverityTally): void {
    while (!this.mustWait() && this.#options.queue.drain(ringId, ring, this.#filter(dropped)));
  }

  #takeOverflow(ringId: number, ring: RingReader, dropped: SeverityTally): void {
    if (!hasOverflow(ring)) return;
    const { from, to } = ring.unreadOverflow();
    const { addedRecords } = this.#options.queue;
    const entries = this.#options.readOverflow?.(ringId, from, to) ?? [];
    for (const entry of entries) this.#options.queue.add(entry);
    const found = this.#options.queue.addedRecords - addedRecords;
    // In a folder that is gone, or somebody else's now.
    if (found < to - from) dropped.add(0, to - from - found);
    ring.overflowRead(to);
  }

  #filter(dropped: SeverityTally): SeverityFilter | undefined {
    if (!this.#options.isFailing()) return undefined;
    const leastSeverity = leastSeverityAt(this.#options.fill());
    if (leastSeverity === 0) return undefined;
    return { leastSeverity, drop: severityNumber => dropped.add(severityNumber) };
  }
}

function hasOverflow(ring: RingReader): boolean {
  const { from, to } = ring.unreadOverflow();
  return from !== to;
}
