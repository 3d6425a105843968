import type { DeliveryCounts } from './delivery-counts.js';
import type { PaceOptions } from './pace.js';
import type { RingAnnouncement } from './protocol.js';
import type { ScopeBook } from './scope-book.js';
import type { Sender } from './send.js';
import type { Spool } from './spool.js';
import type { Replayed } from './supply.js';

export interface ExporterOptions extends PaceOptions {
  /** What is exported; default log records. */
  readonly signal?: 'spans';
  readonly control: SharedArrayBuffer;
  /** Another one has exported for this process, and died. */
  readonly isSuccessor?: boolean;
  readonly sender: Pick<Sender, 'url' | 'send' | 'hurry'>;
  /** Encoded `Resource`, once everything slow about it is known or given up. */
  readonly resource: Promise<Uint8Array>;
  readonly maxBatchRecords: number;
  readonly maxMemoryBytes: number;
  readonly scopes: ScopeBook;
  readonly spool?: ExporterSpool | undefined;
  readonly maxSpoolBytes?: number;
  readonly counts: DeliveryCounts;
  /** Sent when the process ends, after its records. */
  readonly lastMetrics?: LastMetrics | undefined;
  /** What dead processes left. */
  readonly replay?: Replayed | undefined;
  /** What was announced and not yet given to `addRings`: a flush must not overtake a ring. */
  takeAnnounced?(): Iterable<RingAnnouncement>;
}

export interface LastMetrics {
  /**
   * Begins to send them, once for each flush.
   *
   * @param onDone Called later, and only after `true`.
   * @returns Whether they are under way, and the flush is to be answered after them.
   */
  holdUp(ticket: number, isCollectorAway: boolean, onDone: () => void): boolean;
}

export interface ExporterSpool extends Spool {
  /** On disk. */
  readonly bytes: number;
  /** Entries of what had no room in that ring, from the so-manyth record on to before another. */
  overflow(ringId: number, from: number, to: number): Iterable<Buffer>;
  /** All is delivered, and the process ends. */
  remove(): void;
  /** It has failed; nothing more is appended. */
  turnOff(error: unknown): void;
}
