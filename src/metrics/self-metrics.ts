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
    const isAway = this.#trouble.isAway || (isCollectorAway && this.#isSharedCollector);
    const leftMs = leftToEndMs(this.#options.control) - ANSWER_MS;
    if (isAway || leftMs <= 0 || this.#sum() === this.#toldSum) return false;
    this.#isHolding = true;
    void this.#sendWithin(leftMs).then(() => {
      this.#isHolding = false;
      onDone();
    });
    return true;
  }

  // Never rejects.
  async #sendWithin(timeoutMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>(resolve => {
      timer = setTimeout(resolve, timeoutMs);
    });
    await Promise.race([this.#sendNow(), late]);
    clearTimeout(timer);
  }

  async #sendNow(): Promise<void> {
    try {
      const sum = this.#sum();
      await (await this.#load()).flush();
      this.#toldSum = sum;
    } catch {
      // `#load` has said so.
    }
  }

  #load(): Promise<Meter> {
    if (this.#meter === undefined) {
      this.#meter = this.#createMeter();
      this.#meter.catch(error => {
        this.#options.counts.onOperation = undefined;
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
