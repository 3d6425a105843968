import { monotonicMs } from './clock.js';
import { DeliveryReport } from './delivery-report.js';
import { EndAttempts } from './end-attempts.js';
import type { ExporterOptions } from './exporter-options.js';
import { answerFlush, Flush, isEnding, pendingFlush } from './flush.js';
import { Intake } from './intake.js';
import { LossRecord } from './loss-record.js';
import { Outage } from './outage.js';
import { Outgoing } from './outgoing.js';
import { DRAIN_DELAY_MS, Pace } from './pace.js';
import {
  AWAKE,
  EXPORTER_STATE,
  HAS_DELIVERED,
  IDLE,
  LINGERING,
  type RingAnnouncement,
} from './protocol.js';
import { Queue } from './queue.js';
import type { Outcome } from './retry.js';
import { MAX_BATCH_BYTES, Supply } from './supply.js';
import { WakeUp } from './wake-up.js';

/**
 * Drains rings, makes batches, sends them one at a time. Driven by `step`, which runs when a
 * producer or a flush wakes the thread, when a request ends, and when a timer is due.
 */
export class Exporter {
  readonly #options: ExporterOptions;
  readonly #control: Int32Array;
  readonly #resource: Promise<Uint8Array>;
  readonly #report: DeliveryReport;
  readonly #lossRecord: LossRecord;
  readonly #wakeUp: WakeUp;
  readonly #queue: Queue;
  readonly #intake: Intake;
  readonly #outgoing = new Outgoing();
  readonly #pace: Pace;
  readonly #supply: Supply;
  #isSending = false;
  #timer: NodeJS.Timeout | undefined;
  readonly #outage = new Outage();
  readonly #end: EndAttempts;
  #flush: Flush | undefined;
  /** The flush whose attempt failed: it is not tried again for it. */
  #failedFlush = 0;

  constructor(options: ExporterOptions) {
    this.#options = options;
    this.#control = new Int32Array(options.control);
    this.#pace = new Pace(options);
    this.#end = new EndAttempts(this.#control, options.sender, this.#outage);
    this.#wakeUp = new WakeUp(this.#control, () => this.step());
    // Records of unknown origin are better than none.
    this.#resource = options.resource.catch(() => new Uint8Array(0));
    this.#report = new DeliveryReport(options.sender.url, options.counts, options.signal);
    this.#queue = new Queue({
      scopes: options.scopes,
      spool: options.spool,
      onSpoolFailed: error => options.spool?.turnOff(error),
      onLost: records => this.#report.unreadable(records),
    });
    options.counts.queue = this.#queue;
    this.#intake = new Intake({
      queue: this.#queue,
      fill: () => this.#fill(),
      isFailing: () => this.#outage.isOn,
      onDropped: records => this.#report.tooMany(records),
      readOverflow: (...asked) => options.spool?.overflow(...asked) ?? [],
    });
    this.#lossRecord = new LossRecord(options.control, this.#report, options.isSuccessor);
    this.#intake.takeIn(this.#lossRecord.ring);
    this.#supply = new Supply({
      outgoing: this.#outgoing,
      own: this.#queue,
      replayed: options.replay,
      maxRecords: options.maxBatchRecords,
      counts: options.counts,
      report: this.#report,
    });
  }

  addRings(announcements: Iterable<RingAnnouncement>): void {
    for (const announcement of announcements) this.#intake.takeIn(announcement);
    this.step();
  }

  step(): void {
    this.#noticeFlush();
    const hasDrained = this.#drain();
    if (this.#end.hasTried(this.#queue)) this.#failedFlush = pendingFlush(this.#control);
    if (!this.#isSending && this.#isDue()) void this.#send();
    if (this.#isSending) this.#end.hurry(this.#supply.isReplaying);
    this.#answerFlush();
    this.#sleep(hasDrained);
  }

  #noticeFlush(): void {
    const ticket = pendingFlush(this.#control);
    if (ticket === 0 || ticket === this.#flush?.ticket) return;
    for (const ring of this.#options.takeAnnounced?.() ?? []) this.#intake.takeIn(ring);
    if (isEnding(this.#control) && !this.#outage.isOn) this.#lossRecord.tell(true);
    this.#flush = new Flush(ticket, this.#intake.rings);
  }

  /** Another process has claimed what is on disk. */
  forgetSpooled(): void {
    this.#queue.forgetBehind();
  }

  #drain(): boolean {
    const wasEmpty = this.#queue.waitingRecords === 0;
    const hasDrained = this.#intake.drain();
    if (hasDrained) this.#pace.drained(wasEmpty);
    return hasDrained;
  }

  /** Share of what may be held. */
  #fill(): number {
    const { spool, maxSpoolBytes = Infinity, maxMemoryBytes } = this.#options;
    const ofSpool = this.#queue.isSpooled ? spool!.bytes / maxSpoolBytes : 0;
    return Math.max(ofSpool, this.#queue.bytes / maxMemoryBytes);
  }

  #hasRecords(): boolean {
    return this.#outgoing.partRecords > 0 || this.#queue.waitingRecords > 0 || this.#mayReplay();
  }

  #mayReplay(): boolean {
    return this.#supply.hasReplay && pendingFlush(this.#control) === 0;
  }

  #isDue(): boolean {
    const flush = pendingFlush(this.#control);
    const isAsked = flush !== 0 && flush !== this.#failedFlush;
    return this.#hasRecords() && (isAsked || monotonicMs() >= this.#dueAtMs());
  }

  #dueAtMs(): number {
    const isFull = this.#queue.bytes >= MAX_BATCH_BYTES || this.#fill() >= 1;
    const hasEnough = isFull || this.#outgoing.partRecords > 0 || this.#mayReplay();
    return hasEnough
      ? this.#outage.retryAtMs
      : Math.max(this.#outage.retryAtMs, this.#pace.dueAtMs(this.#queue.isSpooled));
  }

  async #send(): Promise<void> {
    this.#isSending = true;
    // A bug ends the thread, for a new one.
    await this.#attempt().catch(error => setImmediate(() => Promise.reject(error)));
    this.#isSending = false;
    // In a later turn: whatever is amiss must not starve timers and sockets.
    setImmediate(() => this.step());
  }

  async #attempt(): Promise<void> {
    const resource = await this.#resource;
    const flush = pendingFlush(this.#control);
    if (isEnding(this.#control)) this.#supply.abandonReplay();
    if (this.#outgoing.partRecords === 0) this.#supply.takeBatch(this.#mayReplay());
    if (this.#outgoing.partRecords === 0) return;
    const startedAtMs = this.#pace.sends();
    const body = this.#outgoing.body(this.#supply.resource(resource));
    const outcome = await this.#end.send(body, this.#queue);
    if (outcome.kind === 'retryable') this.#postpone(outcome, startedAtMs, flush);
    else this.#settle(outcome);
  }

  #postpone(outcome: Outcome & { kind: 'retryable' }, startedAtMs: number, flush: number): void {
    const wasKnown = this.#outage.isOn;
    this.#outage.failed(outcome, startedAtMs);
    this.#end.failed(this.#queue);
    // A flush that came while this attempt was under way gets one of its own, unless the process
    // is ending and the outage is an old one.
    const failed = wasKnown && isEnding(this.#control) ? pendingFlush(this.#control) : flush;
    if (failed !== 0) this.#failedFlush = failed;
    this.#report.trouble(this.#outage.sinceMs, outcome.reason);
  }

  #settle(outcome: Exclude<Outcome, { kind: 'retryable' }>): void {
    this.#outage.end();
    this.#supply.end(outcome);
    if (outcome.kind === 'refused') return;
    Atomics.store(this.#control, HAS_DELIVERED, 1);
    const hasTold = this.#lossRecord.tell(this.#flush?.isLast(this.#control));
    if (hasTold) this.#flush?.extend(this.#intake.rings);
  }

  #answerFlush(): void {
    const flush = this.#flush;
    if (flush === undefined || flush.ticket !== pendingFlush(this.#control)) return;
    // What is under way would be delivered again.
    if (this.#isSending && this.#supply.isReplaying && isEnding(this.#control)) return;
    const isDelivered = flush.isDone(this.#queue);
    if (!isDelivered && flush.ticket !== this.#failedFlush) return;
    const { lastMetrics } = this.#options;
    if (lastMetrics?.holdUp(flush.ticket, this.#outage.isOn, () => this.step())) return;

    const unsent = this.#queue.waitingRecords + this.#supply.ownRecords;
    if (isEnding(this.#control)) {
      const hasDelivered = Atomics.load(this.#control, HAS_DELIVERED) === 1;
      this.#report.atEnd(unsent, hasDelivered, this.#queue.unsavedRecords);
      if (unsent === 0 && !this.#intake.hasFrames()) {
        this.#options.spool?.remove();
        // Another thread may have written through to it meanwhile; its ring has that as well.
        this.#drain();
      }
    }
    answerFlush(this.#control, flush.ticket, isDelivered);
  }

  // The waiter is armed before the state is told, and what may have come before is looked for
  // after: whoever reads the state wakes somebody, and whoever came too early for it is seen.
  #sleep(hasDrained: boolean): void {
    this.#wakeUp.arm();
    const state = this.#nextState(hasDrained);
    Atomics.store(this.#control, EXPORTER_STATE, state);
    if (this.#hasMissed(state)) {
      Atomics.store(this.#control, EXPORTER_STATE, AWAKE);
      setImmediate(() => this.step());
    }
    this.#armTimer(state);
  }

  #nextState(hasDrained: boolean): number {
    // Nothing more can be taken: what wakes the thread is the end of a request, or a timer.
    if (this.#intake.mustWait()) return AWAKE;
    // With a spool, the first of new records is drained at once, and its neighbours soon after.
    if (this.#queue.isSpooled) return hasDrained && this.#pace.hasNeighbours ? LINGERING : IDLE;
    return this.#isSending || this.#hasRecords() ? LINGERING : IDLE;
  }

  #hasMissed(state: number): boolean {
    const flush = pendingFlush(this.#control);
    if (flush !== 0 && flush !== this.#flush?.ticket) return true;
    return state === IDLE && this.#intake.hasFrames();
  }

  #armTimer(state: number): void {
    clearTimeout(this.#timer);
    const toSendMs =
      this.#isSending || !this.#hasRecords() ? Infinity : this.#dueAtMs() - monotonicMs();
    const toDrainMs = state === LINGERING && this.#queue.isSpooled ? DRAIN_DELAY_MS : Infinity;
    const delayMs = Math.min(toSendMs, toDrainMs);
    if (delayMs === Infinity) return;
    // The ports keep the thread alive; in a test an hour's back-off must not.
    this.#timer = setTimeout(() => this.step(), Math.max(0, delayMs)).unref();
  }
}
