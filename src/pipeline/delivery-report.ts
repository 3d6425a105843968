import { isatty } from 'node:tty';
import { say } from '../self-report.js';
import { monotonicMs } from './clock.js';
import type { DeliveryCounts } from './delivery-counts.js';
import { SeverityTally } from './severity-tally.js';
import type { Expiry } from './supply.js';

/** Trouble shorter than this is a restart of the collector, and nobody's concern. */
const SILENT_TROUBLE_MS = 10_000;
/** Of what a collector says of its reasons: some repeat the whole request. */
const MAX_REASON_CHARS = 200;

/** A collector may give a reason of its own to each request. */
const MAX_REASONS = 10;

/** What is delivered, in words. */
interface Noun {
  /** Begins the codes of what is said. */
  readonly code: string;
  readonly one: string;
  readonly many: string;
}

const LOG_RECORDS: Noun = { code: '', one: 'log record', many: 'log records' };
const SPANS: Noun = { code: 'span-', one: 'span', many: 'spans' };

/** What an operator is told about delivery: each kind of trouble once, and how much it cost at the end. */
export class DeliveryReport {
  readonly #place: string;
  readonly #noun: Noun;
  readonly #counts: Pick<DeliveryCounts, 'dropFull' | 'dropUnreadable'>;
  readonly #saidKinds = new Set<string>();
  readonly #all = new SeverityTally();
  /** By reason: what no record has told yet. */
  readonly #untold = new Map<string, SeverityTally>();
  #saidRecords = 0;

  /** @param url Of the collector; its credentials are not repeated. */
  constructor(
    url: string,
    counts: Pick<DeliveryCounts, 'dropFull' | 'dropUnreadable'>,
    signal?: 'spans',
  ) {
    this.#noun = signal === undefined ? LOG_RECORDS : SPANS;
    this.#counts = counts;
    const { origin, pathname } = new URL(url);
    this.#place = `${origin}${pathname}`;
  }

  trouble(sinceMs: number, reason: string): void {
    if (monotonicMs() - sinceMs < SILENT_TROUBLE_MS) return;
    this.#say(
      'delivery-trouble',
      `No ${this.#noun.one} has reached ${this.#place} for ${SILENT_TROUBLE_MS / 1000} s (${shorten(reason)}). They are kept and tried again.`,
    );
  }

  tooMany(records: SeverityTally): void {
    this.#counts.dropFull(records);
    this.#dropped('too-many', records, 'faster than they could be delivered');
  }

  /** What was on disk alone. */
  unreadable(records: number): void {
    const lost = SeverityTally.ofUnknown(records);
    this.#counts.dropUnreadable(lost);
    this.#dropped('unreadable', lost, 'the spool could not be read again');
  }

  /** What dead processes left, and nobody delivered in time. */
  expired(records: SeverityTally, expiry: Expiry): void {
    this.#dropped(`expired-${expiry}`, records, `left by other processes, and ${expiry} by now`);
  }

  refused(records: SeverityTally, reason: string): void {
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
      SeverityTally.ofUnknown(records),
      `rejected by ${this.#place} (${shorten(reason) || 'no reason given'})`,
    );
  }

  // In a service's log the last would be noise; whoever tries us out at a terminal wants to know.
  atEnd(unsentRecords: number, hasDelivered: boolean, unsavedRecords = 0): void {
    const { many } = this.#noun;
    if (this.#all.total > this.#saidRecords) {
      this.#say('dropped-total', `${this.#all.total} ${many} were dropped in all (${this.#all}).`);
    }
    // Spans are never kept: that is no news.
    if (unsavedRecords > 0 && this.#noun !== SPANS) {
      this.#say(
        'lost-at-end',
        `Log records were lost at the end of the process (${unsavedRecords}): ${this.#place} did not take them, and there is no spool to keep them.`,
      );
      return;
    }
    if (unsentRecords === 0 || hasDelivered || !isatty(2)) return;
    this.#say('never-delivered', `None of ${unsentRecords} ${many} reached ${this.#place}.`);
  }

  /** What was lost since it was asked last, by reason. */
  takeUntold(): ReadonlyMap<string, SeverityTally> {
    const untold = new Map(this.#untold);
    this.#untold.clear();
    return untold;
  }

  #dropped(kind: string, records: SeverityTally, why: string): void {
    this.#all.addAll(records);
    const untold = this.#untold.get(why) ?? new SeverityTally();
    untold.addAll(records);
    // Whoever reads spans looks for no record among them.
    const isTold = this.#noun !== SPANS;
    if (isTold && this.#untold.size < MAX_REASONS) this.#untold.set(why, untold);
    if (this.#saidKinds.has(kind)) return;
    this.#saidKinds.add(kind);
    this.#saidRecords = this.#all.total;
    const { many } = this.#noun;
    const subject = `${many[0]!.toUpperCase()}${many.slice(1)}`;
    this.#say(`dropped-${kind}`, `${subject} were dropped (${records} so far): ${why}.`);
  }

  #say(code: string, line: string): void {
    say(this.#noun.code + code, line);
  }
}

function shorten(reason: string): string {
  return reason.length > MAX_REASON_CHARS ? `${reason.slice(0, MAX_REASON_CHARS)}…` : reason;
}
