import { monotonicMs } from './clock.js';
import type { DeliveryCounts, ExportCounts } from './delivery-counts.js';
import type { DeliveryReport } from './delivery-report.js';
import type { Outgoing } from './outgoing.js';
import type { RecordList } from './record-list.js';
import type { Outcome } from './retry.js';
import { SeverityTally } from './severity-tally.js';

/** Before compression. Collectors take 4 to 20 MiB; this keeps one request short on a slow line. */
export const MAX_BATCH_BYTES = 512 * 1024;

/** Records, oldest first. What is taken stays the source's until it is settled. */
export interface RecordSource {
  /** Appends at least one record if there is any, until so many or so much are there. */
  take(records: RecordList, maxBytes: number, maxRecords: number): void;
  settle(records: RecordList): void;
}

/** Why what a dead process left is not delivered any more. */
export type Expiry = 'too old' | 'too much';

/** What is delivered beside our own, under a resource of its own; or counted, where it is too late. */
export interface ReplayedSource extends RecordSource {
  readonly resource: Uint8Array;
  readonly expiry?: Expiry | undefined;
}

export interface Replayed {
  readonly current: ReplayedSource | undefined;
  /** There is no more of the current one. */
  finish(): void;
  /** There is no time for the current one. */
  abandon(): void;
}

export interface SupplyOptions {
  readonly outgoing: Outgoing;
  readonly own: RecordSource;
  readonly replayed: Replayed | undefined;
  readonly maxRecords: number;
  readonly counts: DeliveryCounts;
  readonly report: Pick<DeliveryReport, 'refused' | 'rejected' | 'expired'>;
}

/** What is sent next: our own records, or what dead processes left. */
export class Supply {
  readonly #options: SupplyOptions;
  readonly #outgoing: Outgoing;
  #isReplaying = false;
  /** What the collector refused last. */
  #refusal: (Outcome & { kind: 'refused' }) | undefined;
  /** Of the batch: since when it is under way, and what did not go well. */
  #startedAtMs = 0;
  #errorType: string | undefined;

  constructor(options: SupplyOptions) {
    this.#options = options;
    this.#outgoing = options.outgoing;
  }

  /** Of what is outgoing, if that is ours. */
  get ownRecords(): number {
    return this.#isReplaying ? 0 : this.#outgoing.leftRecords;
  }

  /** What is outgoing is not ours. */
  get isReplaying(): boolean {
    return this.#isReplaying && this.#outgoing.partRecords > 0;
  }

  /** There may be something that is not ours. */
  get hasReplay(): boolean {
    return this.#options.replayed?.current !== undefined;
  }

  /** Of what is outgoing. @param own Encoded. */
  resource(own: Uint8Array): Uint8Array {
    return this.#isReplaying ? this.#options.replayed!.current!.resource : own;
  }

  /**
   * Makes the next batch, if there is anything. In turn, where both have some: neither what is new
   * nor what is old has to wait for the other.
   */
  takeBatch(mayReplay: boolean): void {
    const isOwnFirst = this.#isReplaying || !mayReplay;
    this.#isReplaying = false;
    if (isOwnFirst) this.#takeFrom(this.#options.own);
    if (this.#outgoing.partRecords === 0 && mayReplay) this.#takeReplayed();
    if (this.#outgoing.partRecords === 0 && !isOwnFirst) this.#takeFrom(this.#options.own);
  }

  /** An attempt has ended, for good or bad; with its last part the batch is settled. */
  end(outcome: Exclude<Outcome, { kind: 'retryable' }>): void {
    if (outcome.kind === 'accepted') this.#endAccepted(outcome);
    else this.#endRefused(outcome);
    if (this.#outgoing.partRecords > 0) return;
    const status = this.#endLost() ?? outcome.status;
    const { replayed, own, counts } = this.#options;
    counts.onOperation?.({
      isReplayed: this.#isReplaying,
      durationMs: monotonicMs() - this.#startedAtMs,
      errorType: this.#errorType,
      status,
    });
    (this.#isReplaying ? replayed!.current! : own).settle(this.#outgoing.records);
  }

  /** Leaves to others what is under way and not ours. */
  abandonReplay(): void {
    if (!this.#isReplaying || this.#outgoing.partRecords === 0) return;
    this.#exports.takeBack(this.#exports.inflightRecords);
    this.#outgoing.abandon();
    this.#isReplaying = false;
    this.#options.replayed!.abandon();
  }

  // One at a time: there may be thousands that hold nothing, and others want their turn.
  #takeReplayed(): void {
    const current = this.#options.replayed?.current;
    if (current === undefined) return;
    this.#takeFrom(current);
    if (this.#outgoing.partRecords === 0) this.#options.replayed!.finish();
    else if (current.expiry === undefined) this.#isReplaying = true;
    else this.#giveUp(current, current.expiry);
  }

  // Read for nothing else: what is lost is told by level.
  #giveUp(source: ReplayedSource, expiry: Expiry): void {
    const lost = this.#outgoing.giveUp();
    this.#options.counts.replayed.fail(expiry === 'too old' ? 'expired' : 'spool_full', lost);
    this.#options.report.expired(lost, expiry);
    source.settle(this.#outgoing.records);
  }

  #takeFrom(source: RecordSource): void {
    const { records } = this.#outgoing;
    records.clear();
    source.take(records, MAX_BATCH_BYTES, this.#options.maxRecords);
    this.#outgoing.begin();
    this.#startedAtMs = monotonicMs();
    this.#errorType = undefined;
    const { own, counts } = this.#options;
    (source === own ? counts.own : counts.replayed).give(records.count);
  }

  #endAccepted({ rejectedRecords, message }: Outcome & { kind: 'accepted' }): void {
    const { partRecords } = this.#outgoing;
    this.#outgoing.accepted();
    // Whatever a collector says, it cannot have rejected more than it was sent.
    const rejected = Math.min(rejectedRecords, partRecords);
    this.#exports.export(partRecords - rejected);
    if (rejectedRecords === 0) return;
    this.#errorType = 'rejected';
    this.#exports.fail(this.#errorType, SeverityTally.ofUnknown(rejected));
    this.#options.report.rejected(rejected, message);
  }

  #endRefused(outcome: Outcome & { kind: 'refused' }): void {
    this.#outgoing.refused(outcome.mayBeOneRecord);
    this.#refusal = outcome;
  }

  /** @returns The status to blame, if anything of the batch was lost. */
  #endLost(): number | undefined {
    const { lost } = this.#outgoing;
    if (lost.total === 0) return undefined;
    const { reason, status } = this.#refusal!;
    this.#errorType = String(status ?? '_OTHER');
    this.#exports.fail(this.#errorType, lost);
    this.#options.report.refused(lost, reason);
    return status;
  }

  get #exports(): ExportCounts {
    const { own, replayed } = this.#options.counts;
    return this.#isReplaying ? replayed : own;
  }
}
