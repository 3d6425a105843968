import type { Queue } from './queue.js';
import { SeverityTally } from './severity-tally.js';

/** By cause, a word or an HTTP status, in the sense of the convention `error.type`. */
export type Failures = Map<string, SeverityTally>;

/** One batch, from its first attempt until nothing of it is left to be sent. */
export interface Operation {
  readonly isReplayed: boolean;
  readonly durationMs: number;
  /** undefined when all of it was accepted. */
  readonly errorType: string | undefined;
  /** Of the last answer. */
  readonly status: number | undefined;
}

/** What became of the records of one origin that were given to the sender. */
export class ExportCounts {
  readonly failures: Failures = new Map();
  #givenRecords = 0;
  #exportedRecords = 0;
  #failedRecords = 0;

  /** Sent at least once. */
  get givenRecords(): number {
    return this.#givenRecords;
  }

  /** Accepted by the collector. */
  get exportedRecords(): number {
    return this.#exportedRecords;
  }

  /** Neither accepted nor given up. */
  get inflightRecords(): number {
    return this.#givenRecords - this.#exportedRecords - this.#failedRecords;
  }

  give(records: number): void {
    this.#givenRecords += records;
  }

  /** They are left to somebody else. */
  takeBack(records: number): void {
    this.#givenRecords -= records;
  }

  export(records: number): void {
    this.#exportedRecords += records;
  }

  fail(errorType: string, records: SeverityTally): void {
    this.#failedRecords += records.total;
    addTo(this.failures, errorType, records);
  }
}

/** What became of records, counted since the exporter thread began: for metrics about ourselves. */
export class DeliveryCounts {
  /** Records of this process. */
  readonly own = new ExportCounts();
  /** What dead processes left. */
  readonly replayed = new ExportCounts();
  /** Records that were dropped before they were given to the sender. */
  readonly drops: Failures = new Map();
  /** Where records of this process wait to be taken. */
  queue: Pick<Queue, 'addedRecords' | 'waitingRecords'> = { addedRecords: 0, waitingRecords: 0 };
  /** Told of each one that ends. */
  onOperation: ((operation: Operation) => void) | undefined;
  #fullRecords = 0;

  /** Records that came from the program's threads, those included that found no room. */
  get createdRecords(): number {
    return this.queue.addedRecords + this.#fullRecords;
  }

  /** There was no room for them. */
  dropFull(records: SeverityTally): void {
    this.#fullRecords += records.total;
    addTo(this.drops, 'queue_full', records);
  }

  /** They were there, and are no more. */
  dropUnreadable(records: SeverityTally): void {
    addTo(this.drops, 'spool_unreadable', records);
  }
}

function addTo(failures: Failures, errorType: string, records: SeverityTally): void {
  const tally = failures.get(errorType) ?? new SeverityTally();
  tally.addAll(records);
  failures.set(errorType, tally);
}
