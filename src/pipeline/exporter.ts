import { isatty } from 'node:tty';
import { say } from '../self-report.js';
import { type Batch, encodeBatch } from './batch.js';
import { monotonicMs } from './clock.js';
import {
  AWAKE,
  EXPORTER_STATE,
  FLUSH_DONE,
  FLUSH_REQUESTED,
  HAS_DELIVERED,
  IDLE,
  IS_ENDING,
  IS_FAILING,
  LINGERING,
  type RingAnnouncement,
  UNSENT_RECORDS,
} from './protocol.js';
import { Queue } from './queue.js';
import { backoffMs, type Outcome } from './retry.js';
import { RingReader } from './ring.js';
import type { Sender } from './send.js';

/** Before compression. Collectors take 4 to 20 MiB; this keeps one request short on a slow line. */
const MAX_BATCH_BYTES = 1024 * 1024;
/** Trouble shorter than this is a restart of the collector, and nobody's concern. */
const SILENT_TROUBLE_MS = 10_000;
/** At the end, a collector known to be away gets one more chance of this length. */
const LAST_CHANCE_MS = 40;

export interface ExporterOptions {
  readonly control: SharedArrayBuffer;
  readonly sender: Sender;
  /** Encoded `Resource`, once everything slow about it is known or given up. */
  readonly resource: Promise<Uint8Array>;
  readonly lingerMs: number;
  readonly maxBatchRecords: number;
  readonly maxMemoryBytes: number;
}

/**
 * Drains rings, makes batches, sends them one at a time. Driven by `#step`, which runs when a
 * producer or a flush wakes the thread, when a request ends, and when a timer is due.
 */
export class Exporter {
  readonly #options: ExporterOptions;
  readonly #control: Int32Array;
  readonly #queue = new Queue();
  readonly #rings = new Map<string, RingReader>();
  #isArmed = false;
  #isSending = false;
  #timer: NodeJS.Timeout | undefined;
  #lingerUntilMs = 0;
  #retryAtMs = 0;
  #failures = 0;
  #failingSinceMs = 0;
  /** Made, sent, and to be sent again. */
  #unacknowledged: Batch | undefined;
  /** The flush whose attempt failed: it is not tried again for it. */
  #failedFlush = 0;

  constructor(options: ExporterOptions) {
    this.#options = options;
    this.#control = new Int32Array(options.control);
  }

  addRing({ ringId, ring }: RingAnnouncement): void {
    if (this.#rings.has(ringId)) return;
    this.#rings.set(ringId, new RingReader(ring));
    this.step();
  }

  step(): void {
    this.#drain();
    if (!this.#isSending && this.#isDue()) this.#send();
    this.#answerFlush();
    this.#sleep();
  }

  #drain(): void {
    for (const [ringId, ring] of this.#rings) {
      const dropped = ring.takeDropped();
      if (dropped > 0) this.#sayDropped(dropped, 'faster than they could be delivered');
      for (;;) {
        if (this.#heldBytes() >= this.#options.maxMemoryBytes) return;
        const frames = ring.take();
        if (frames === undefined) break;
        if (this.#queue.isEmpty()) {
          this.#lingerUntilMs = monotonicMs() + this.#options.lingerMs;
        }
        this.#queue.add(ringId, frames);
      }
    }
  }

  #heldBytes(): number {
    return this.#queue.bytes + (this.#unacknowledged?.body.length ?? 0);
  }

  #hasRecords(): boolean {
    return this.#unacknowledged !== undefined || !this.#queue.isEmpty();
  }

  #isDue(): boolean {
    if (!this.#hasRecords()) return false;
    const flush = this.#pendingFlush();
    if (flush !== 0) return flush !== this.#failedFlush;
    const now = monotonicMs();
    if (now < this.#retryAtMs) return false;
    if (this.#unacknowledged !== undefined) return true;
    return now >= this.#lingerUntilMs || this.#queue.bytes >= MAX_BATCH_BYTES;
  }

  async #send(): Promise<void> {
    this.#isSending = true;
    try {
      const resource = await this.#options.resource;
      const { maxBatchRecords, sender } = this.#options;
      const batch =
        this.#unacknowledged ??
        encodeBatch(this.#queue.take(MAX_BATCH_BYTES, maxBatchRecords), resource);
      if (batch.records.length === 0) return;
      this.#unacknowledged = batch;
      const isLastChance = this.#failures > 0 && this.#isEnding();
      const flush = this.#pendingFlush();
      const outcome = await sender.send(batch.body, isLastChance ? LAST_CHANCE_MS : undefined);
      this.#settle(batch, outcome, flush);
    } finally {
      this.#isSending = false;
      this.step();
    }
  }

  #settle(batch: Batch, outcome: Outcome, flush: number): void {
    if (outcome.kind === 'retryable') {
      this.#failures++;
      if (this.#failures === 1) this.#failingSinceMs = monotonicMs();
      Atomics.store(this.#control, IS_FAILING, 1);
      this.#retryAtMs =
        monotonicMs() + Math.max(outcome.retryAfterMs ?? 0, backoffMs(this.#failures));
      // A flush that came while this attempt was under way gets one of its own.
      this.#failedFlush = flush === 0 ? this.#failedFlush : flush;
      this.#sayTrouble(outcome.reason);
      return;
    }
    this.#unacknowledged = undefined;
    this.#failures = 0;
    this.#retryAtMs = 0;
    Atomics.store(this.#control, IS_FAILING, 0);
    if (outcome.kind === 'refused') {
      this.#sayDropped(batch.records.length, `refused by ${this.#place()} (${outcome.reason})`);
      return;
    }
    Atomics.store(this.#control, HAS_DELIVERED, 1);
    if (outcome.rejectedRecords > 0) {
      this.#sayDropped(
        outcome.rejectedRecords,
        `rejected by ${this.#place()} (${outcome.message || 'no reason given'})`,
      );
    }
  }

  /** Ticket of the flush somebody waits for; 0 for none. */
  #pendingFlush(): number {
    const requested = Atomics.load(this.#control, FLUSH_REQUESTED);
    return requested === Atomics.load(this.#control, FLUSH_DONE) ? 0 : requested;
  }

  #answerFlush(): void {
    const ticket = this.#pendingFlush();
    if (ticket === 0) return;
    const isGivenUp = ticket === this.#failedFlush;
    if (!isGivenUp && (this.#isSending || this.#hasRecords() || this.#hasFrames())) return;

    const unsent = this.#countUnsent();
    if (unsent > 0 && this.#isEnding()) this.#sayUnsent(unsent);
    Atomics.store(this.#control, UNSENT_RECORDS, unsent);
    Atomics.store(this.#control, FLUSH_DONE, ticket);
    Atomics.notify(this.#control, FLUSH_DONE);
  }

  #hasFrames(): boolean {
    for (const ring of this.#rings.values()) if (ring.hasFrames()) return true;
    return false;
  }

  #countUnsent(): number {
    const queued = this.#isEnding() ? this.#queue.take(Infinity, Infinity).length : 0;
    return queued + (this.#unacknowledged?.records.length ?? 0);
  }

  #isEnding(): boolean {
    return Atomics.load(this.#control, IS_ENDING) === 1;
  }

  // Says what would wake the thread, looks once more at what may have come meanwhile, and arms
  // the waiter and the timer.
  #sleep(): void {
    const state = this.#nextState();
    Atomics.store(this.#control, EXPORTER_STATE, state);
    const flush = this.#pendingFlush();
    const isMissed =
      (state === IDLE && this.#hasFrames()) ||
      (flush !== 0 && !this.#isSending && flush !== this.#failedFlush);
    if (isMissed) {
      Atomics.store(this.#control, EXPORTER_STATE, AWAKE);
      setImmediate(() => this.step());
    }
    this.#armTimer(state);
    this.#armWaiter();
  }

  #nextState(): number {
    // Nothing more can be taken: what wakes the thread is the end of a request, or a timer.
    if (this.#heldBytes() >= this.#options.maxMemoryBytes) return AWAKE;
    return this.#isSending || this.#hasRecords() ? LINGERING : IDLE;
  }

  #armTimer(state: number): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (state === IDLE || this.#isSending) return;
    const dueAtMs =
      this.#unacknowledged === undefined
        ? Math.max(this.#lingerUntilMs, this.#retryAtMs)
        : this.#retryAtMs;
    this.#timer = setTimeout(() => this.step(), Math.max(0, dueAtMs - monotonicMs()));
  }

  #armWaiter(): void {
    if (this.#isArmed) return;
    const state = Atomics.load(this.#control, EXPORTER_STATE);
    const waiting = Atomics.waitAsync(this.#control, EXPORTER_STATE, state);
    this.#isArmed = true;
    const wake = () => {
      this.#isArmed = false;
      this.step();
    };
    if (waiting.async) waiting.value.then(wake);
    else setImmediate(wake);
  }

  #sayTrouble(reason: string): void {
    if (monotonicMs() - this.#failingSinceMs < SILENT_TROUBLE_MS) return;
    say(
      'delivery-trouble',
      `No log record has reached ${this.#place()} for ${SILENT_TROUBLE_MS / 1000} s (${reason}). They are kept in memory and tried again.`,
    );
  }

  #sayDropped(records: number, why: string): void {
    say(`dropped-${why}`, `Log records were dropped (${records} so far): ${why}.`);
  }

  // In a service's log this would be noise; whoever tries us out at a terminal wants to know.
  #sayUnsent(records: number): void {
    if (Atomics.load(this.#control, HAS_DELIVERED) === 1 || !isatty(2)) return;
    say('never-delivered', `None of ${records} log records reached ${this.#place()}.`);
  }

  /** Where records go, without credentials. */
  #place(): string {
    const { origin, pathname } = new URL(this.#options.sender.url);
    return `${origin}${pathname}`;
  }
}
