import { createRequire } from 'node:module';
import type { Temporality } from '../config/metrics.js';
import type { DeliveryCounts, Operation } from '../pipeline/delivery-counts.js';
import type { LastMetrics } from '../pipeline/exporter-options.js';
import { isEnding, leftToEndMs } from '../pipeline/flush.js';
import type { Sender } from '../pipeline/send.js';
import type { ResourceAttributes } from '../resource-detectors/host.js';
import { say } from '../self-report.js';
import type { Meter } from './meter.js';
import { MetricsTrouble } from './metrics-trouble.js';

type MeterBundle = typeof import('./meter.js');

/** Until then a program is starting, or over: what it takes to load them is better spent otherwise. */
const LOAD_DELAY_MS = 1_000;
/** What is kept of the exit timeout for answering in time. */
const ANSWER_MS = 50;
/** How long a request may take at the end. A record is worth the exit timeout; a count of records is not. */
const LAST_REQUEST_MS = 250;

export interface SelfMetricsOptions {
  /** Of the collector's metrics. */
  readonly url: string;
  readonly intervalMs: number;
  readonly temporality: Temporality;
  /** File that holds the built `meter.ts`. */
  readonly bundle: string;
  readonly logsUrl: string;
  readonly control: Int32Array;
  readonly counts: DeliveryCounts;
  /** Of the resource. */
  readonly attributes: Promise<ResourceAttributes>;
  readonly sender: Pick<Sender, 'send'>;
}

/**
 * Metrics about ourselves: at intervals, and once when the process ends. Nothing of it may disturb the
 * delivery of records, so that whatever fails here ends here.
 */
export class SelfMetrics implements LastMetrics {
  readonly #options: SelfMetricsOptions;
  readonly #startedAtUnixMs = Date.now();
  readonly #trouble: MetricsTrouble;
  readonly #isSharedCollector: boolean;
  #meter: Promise<Meter> | undefined;
  /** What ended before there was a meter. */
  #operations: Operation[] = [];
  #isHolding = false;
  /** The last request of an end is still under way. */
  #isUnanswered = false;
  #heldTicket = 0;
  #toldSum = 0;

  constructor(options: SelfMetricsOptions) {
    this.#options = options;
    this.#trouble = new MetricsTrouble(options.url);
    this.#isSharedCollector = new URL(options.url).host === new URL(options.logsUrl).host;
    options.counts.onOperation = operation => this.#operations.push(operation);
    setTimeout(() => this.#load(), Math.min(LOAD_DELAY_MS, options.intervalMs)).unref();
  }

  holdUp(ticket: number, isCollectorAway: boolean, onDone: () => void): boolean {
    if (this.#isHolding) return true;
    if (ticket === this.#heldTicket || !isEnding(this.#options.control)) return false;
    this.#heldTicket = ticket;
    const isSlow = this.#trouble.isAway || this.#isUnanswered;
    const isAway = isSlow || (isCollectorAway && this.#isSharedCollector);
    const leftMs = leftToEndMs(this.#options.control) - ANSWER_MS;
    if (isAway || leftMs <= 0 || this.#sum() === this.#toldSum) return false;
    this.#isHolding = true;
    // Loading takes its time on a busy machine, and is not the collector's fault.
    void within(leftMs, this.#sendNow()).then(() => {
      this.#isHolding = false;
      onDone();
    });
    return true;
  }

  // Never rejects.
  async #sendNow(): Promise<void> {
    try {
      const meter = await this.#load();
      await within(LAST_REQUEST_MS, this.#flush(meter));
    } catch {
      // `#load` has said so.
    }
  }

  async #flush(meter: Meter): Promise<void> {
    const sum = this.#sum();
    this.#isUnanswered = true;
    try {
      await meter.flush();
      this.#toldSum = sum;
    } finally {
      this.#isUnanswered = false;
    }
  }

  #load(): Promise<Meter> {
    if (this.#meter === undefined) {
      this.#meter = this.#createMeter();
      this.#meter.catch(error => {
        this.#options.counts.onOperation = undefined;
        this.#operations = [];
        say('metrics-trouble', `No metrics are sent (${String(error)}).`);
      });
    }
    return this.#meter;
  }

  async #createMeter(): Promise<Meter> {
    const { bundle, attributes, counts, logsUrl, sender, intervalMs, temporality } = this.#options;
    const { createMeter } = createRequire(bundle)(bundle) as MeterBundle;
    const meter = createMeter({
      attributes: await attributes,
      startedAtUnixMs: this.#startedAtUnixMs,
      counts,
      logsUrl,
      intervalMs,
      temporality,
      send: async body => {
        const outcome = await sender.send(body);
        this.#trouble.note(outcome);
        return outcome;
      },
    });
    for (const operation of this.#operations) meter.record(operation);
    this.#operations = [];
    counts.onOperation = operation => meter.record(operation);
    return meter;
  }

  /** Grows with whatever happens to a record. */
  #sum(): number {
    const { own, replayed, createdRecords, drops } = this.#options.counts;
    let sum = createdRecords;
    for (const { givenRecords, inflightRecords } of [own, replayed]) {
      sum += givenRecords * 2 - inflightRecords;
    }
    for (const { total } of drops.values()) sum += total;
    return sum;
  }
}

/** Resolves, or rejects, with the promise; resolves after so long. */
async function within(timeoutMs: number, promise: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>(resolve => {
    // A thread that was not run for so long has not seen yet what came meanwhile.
    timer = setTimeout(() => setImmediate(resolve), timeoutMs);
  });
  try {
    await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
