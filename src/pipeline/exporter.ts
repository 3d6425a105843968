import { monotonicMs } from './clock.js';
import { DeliveryReport } from './delivery-report.js';
import { answerFlush, Flush, pendingFlush } from './flush.js';
import { Outgoing } from './outgoing.js';
import {
  AWAKE,
  EXPORTER_STATE,
  HAS_DELIVERED,
  IDLE,
  IS_ENDING,
  LINGERING,
  type RingAnnouncement,
} from './protocol.js';
import { Queue } from './queue.js';
import { backoffMs, type Outcome } from './retry.js';
import { RingReader } from './ring.js';
import type { Sender } from './send.js';
import { WakeUp } from './wake-up.js';

/** Before compression. Collectors take 4 to 20 MiB; this keeps one request short on a slow line. */
const MAX_BATCH_BYTES = 1024 * 1024;
/** At the end, a collector known to be away gets one more chance of this length. */
const LAST_CHANCE_MS = 40;

export interface ExporterOptions {
  readonly control: SharedArrayBuffer;
  readonly sender: Pick<Sender, 'url' | 'send' | 'hurry'>;
  /** Encoded `Resource`, once everything slow about it is known or given up. */
  readonly resource: Promise<Uint8Array>;
  readonly lingerMs: number;
  readonly maxBatchRecords: number;
  readonly maxMemoryBytes: number;
  /** What was announced and not yet given to `addRings`: a flush must not overtake a ring. */
  takeAnnounced?(): Iterable<RingAnnouncement>;
}

/**
 * Drains rings, makes batches, sends them one at a time. Driven by `step`, which runs when a
 * producer or a flush wakes the thread, when a request ends, and when a timer is due.
 */
export class Exporter {
  readonly #options: ExporterOptions;
  readonly #control: Int32Array;
  readonly #resource: Promise<Uint8Array>;
  readonly #report: DeliveryReport;
  readonly #wakeUp: WakeUp;
  readonly #queue = new Queue();
  readonly #rings = new Map<number, RingReader>();
  #isSending = false;
  #timer: NodeJS.Timeout | undefined;
  #lingerUntilMs = 0;
  #retryAtMs = 0;
  #failures = 0;
  #failingSinceMs = 0;
  readonly #outgoing = new Outgoing();
  #flush: Flush | undefined;
  /** The flush whose attempt failed: it is not tried again for it. */
  #failedFlush = 0;

  constructor(options: ExporterOptions) {
    this.#options = options;
    this.#control = new Int32Array(options.control);
    this.#wakeUp = new WakeUp(this.#control, () => this.step());
    // Records of unknown origin are better than none.
    this.#resource = options.resource.catch(() => new Uint8Array(0));
    this.#report = new DeliveryReport(options.sender.url);
  }

  addRings(announcements: Iterable<RingAnnouncement>): void {
    for (const announcement of announcements) this.#takeIn(announcement);
    this.step();
  }

  step(): void {
    this.#noticeFlush();
    this.#drain();
    if (!this.#isSending && this.#isDue()) void this.#send();
    if (this.#isSending && this.#isLastChance()) this.#options.sender.hurry(LAST_CHANCE_MS);
    this.#answerFlush();
    this.#sleep();
  }

  #noticeFlush(): void {
    const ticket = pendingFlush(this.#control);
    if (ticket === 0 || ticket === this.#flush?.ticket) return;
    for (const ring of this.#options.takeAnnounced?.() ?? []) this.#takeIn(ring);
    this.#flush = new Flush(ticket, this.#rings.values());
  }

  #takeIn({ ringId, ring, ends }: RingAnnouncement): void {
    if (!this.#rings.has(ringId)) this.#rings.set(ringId, new RingReader(ring, ends));
  }

  // A ring that was drained goes to the end: when memory is full, the others are next.
  #drain(): void {
    for (const [ringId, ring] of [...this.#rings]) {
      const dropped = ring.takeDropped();
      if (dropped > 0) this.#report.tooMany(dropped);
      if (ring.hasFrames()) {
        if (this.#isFull()) continue;
        this.#rings.delete(ringId);
        this.#rings.set(ringId, ring);
        this.#drainRing(ringId, ring);
      }
      if (ring.isOver()) {
        this.#rings.delete(ringId);
        this.#queue.end(ringId);
      }
    }
  }

  #drainRing(ringId: number, ring: RingReader): void {
    while (!this.#isFull()) {
      const wasEmpty = this.#queue.waitingRecords === 0;
      if (!this.#queue.drain(ringId, ring)) return;
      if (wasEmpty) this.#lingerUntilMs = monotonicMs() + this.#options.lingerMs;
    }
  }

  #isFull(): boolean {
    return this.#queue.bytes >= this.#options.maxMemoryBytes;
  }

  #hasRecords(): boolean {
    return this.#outgoing.partRecords > 0 || this.#queue.waitingRecords > 0;
  }

  #isDue(): boolean {
    if (!this.#hasRecords()) return false;
    const flush = pendingFlush(this.#control);
    if (flush !== 0 && flush !== this.#failedFlush) return true;
    return monotonicMs() >= this.#dueAtMs();
  }

  #dueAtMs(): number {
    const hasEnough =
      this.#outgoing.partRecords > 0 || this.#queue.bytes >= MAX_BATCH_BYTES || this.#isFull();
    return hasEnough ? this.#retryAtMs : Math.max(this.#retryAtMs, this.#lingerUntilMs);
  }

  async #send(): Promise<void> {
    this.#isSending = true;
    try {
      const resource = await this.#resource;
      if (this.#outgoing.partRecords === 0) this.#takeBatch();
      if (this.#outgoing.partRecords === 0) return;
      const flush = pendingFlush(this.#control);
      const startedAtMs = monotonicMs();
      const timeoutMs = this.#isLastChance() ? LAST_CHANCE_MS : undefined;
      const outcome = await this.#options.sender.send(this.#outgoing.body(resource), timeoutMs);
      if (outcome.kind === 'retryable') this.#postpone(outcome, startedAtMs, flush);
      else this.#end(outcome);
    } finally {
      this.#isSending = false;
      this.step();
    }
  }

  #takeBatch(): void {
    const { records } = this.#outgoing;
    records.clear();
    this.#queue.take(records, MAX_BATCH_BYTES, this.#options.maxBatchRecords);
    this.#outgoing.begin();
  }

  #postpone(outcome: Outcome & { kind: 'retryable' }, startedAtMs: number, flush: number): void {
    const wasKnown = this.#failures > 0;
    if (!wasKnown) this.#failingSinceMs = startedAtMs;
    this.#failures++;
    const delayMs = Math.max(outcome.retryAfterMs ?? 0, backoffMs(this.#failures));
    this.#retryAtMs = monotonicMs() + delayMs;
    // A flush that came while this attempt was under way gets one of its own, unless the process
    // is ending and the outage is an old one.
    const failed = wasKnown && this.#isEnding() ? pendingFlush(this.#control) : flush;
    if (failed !== 0) this.#failedFlush = failed;
    this.#report.trouble(this.#failingSinceMs, outcome.reason);
  }

  #end(outcome: Exclude<Outcome, { kind: 'retryable' }>): void {
    this.#failures = 0;
    this.#retryAtMs = 0;
    if (outcome.kind === 'refused') {
      const lost = this.#outgoing.refused(outcome.mayBeOneRecord);
      if (lost > 0) this.#report.refused(lost, outcome.reason);
    } else {
      this.#outgoing.accepted();
      Atomics.store(this.#control, HAS_DELIVERED, 1);
      if (outcome.rejectedRecords > 0) {
        this.#report.rejected(outcome.rejectedRecords, outcome.message);
      }
    }
    if (this.#outgoing.partRecords === 0) this.#queue.settle();
  }

  #answerFlush(): void {
    const flush = this.#flush;
    if (flush === undefined || flush.ticket !== pendingFlush(this.#control)) return;
    const isGivenUp = flush.ticket === this.#failedFlush;
    if (!isGivenUp && !flush.isDone(this.#queue)) return;

    const unsent = this.#queue.waitingRecords + this.#outgoing.leftRecords;
    if (this.#isEnding()) {
      this.#report.atEnd(unsent, Atomics.load(this.#control, HAS_DELIVERED) === 1);
    }
    answerFlush(this.#control, flush.ticket, unsent);
  }

  #isEnding(): boolean {
    return Atomics.load(this.#control, IS_ENDING) === 1;
  }

  #isLastChance(): boolean {
    return this.#failures > 0 && this.#isEnding();
  }

  // The waiter is armed before the state is told, and what may have come before is looked for
  // after: whoever reads the state wakes somebody, and whoever came too early for it is seen.
  #sleep(): void {
    this.#wakeUp.arm();
    const state = this.#nextState();
    Atomics.store(this.#control, EXPORTER_STATE, state);
    if (this.#hasMissed(state)) {
      Atomics.store(this.#control, EXPORTER_STATE, AWAKE);
      setImmediate(() => this.step());
    }
    this.#armTimer();
  }

  #nextState(): number {
    // Nothing more can be taken: what wakes the thread is the end of a request, or a timer.
    if (this.#isFull()) return AWAKE;
    return this.#isSending || this.#hasRecords() ? LINGERING : IDLE;
  }

  #hasMissed(state: number): boolean {
    const flush = pendingFlush(this.#control);
    if (flush !== 0 && flush !== this.#flush?.ticket) return true;
    return state === IDLE && [...this.#rings.values()].some(ring => ring.hasFrames());
  }

  #armTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#isSending || !this.#hasRecords()) return;
    const delayMs = Math.max(0, this.#dueAtMs() - monotonicMs());
    // The ports keep the thread alive; in a test an hour's back-off must not.
    this.#timer = setTimeout(() => this.step(), delayMs).unref();
  }
}
