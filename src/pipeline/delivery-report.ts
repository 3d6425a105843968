import { isatty } from 'node:tty';
import { say } from '../self-report.js';
import { monotonicMs } from './clock.js';

/** Trouble shorter than this is a restart of the collector, and nobody's concern. */
const SILENT_TROUBLE_MS = 10_000;
/** Of what a collector says of its reasons: some repeat the whole request. */
const MAX_REASON_CHARS = 200;

/** What an operator is told about delivery: each kind of trouble once, and how much it cost at the end. */
export class DeliveryReport {
  readonly #place: string;
  readonly #saidKinds = new Set<string>();
  #droppedRecords = 0;
  #saidRecords = 0;

  /** @param url Of the collector; its credentials are not repeated. */
  constructor(url: string) {
    const { origin, pathname } = new URL(url);
    this.#place = `${origin}${pathname}`;
  }

  trouble(sinceMs: number, reason: string): void {
    if (monotonicMs() - sinceMs < SILENT_TROUBLE_MS) return;
    say(
      'delivery-trouble',
      `No log record has reached ${this.#place} for ${SILENT_TROUBLE_MS / 1000} s (${shorten(reason)}). They are kept in memory and tried again.`,
    );
  }

  tooMany(records: number): void {
    this.#dropped('too-many', records, 'faster than they could be delivered');
  }

  refused(records: number, reason: string): void {
    this.#dropped(
      `refused-${reason}`,
      records,
      `refused by ${this.#place} (${shorten(reason) || 'no reason given'})`,
    );
  }

  /** @param reason In the collector's words, which differ from request to request. */
  rejected(records: number, reason: string): void {
    this.#dropped(
      'rejected',
      records,
      `rejected by ${this.#place} (${shorten(reason) || 'no reason given'})`,
    );
  }

  // In a service's log the second would be noise; whoever tries us out at a terminal wants to know.
  atEnd(unsentRecords: number, hasDelivered: boolean): void {
    if (this.#droppedRecords > this.#saidRecords) {
      say('dropped-total', `${this.#droppedRecords} log records were dropped in all.`);
    }
    if (unsentRecords === 0 || hasDelivered || !isatty(2)) return;
    say('never-delivered', `None of ${unsentRecords} log records reached ${this.#place}.`);
  }

  #dropped(kind: string, records: number, why: string): void {
    this.#droppedRecords += records;
    if (this.#saidKinds.has(kind)) return;
    this.#saidKinds.add(kind);
    this.#saidRecords = this.#droppedRecords;
    say(`dropped-${kind}`, `Log records were dropped (${records} so far): ${why}.`);
  }
}

function shorten(reason: string): string {
  return reason.length > MAX_REASON_CHARS ? `${reason.slice(0, MAX_REASON_CHARS)}…` : reason;
}
