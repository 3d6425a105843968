import { join } from 'node:path';
import { isatty } from 'node:tty';
import threads, { type Worker } from 'node:worker_threads';
import type { Config } from '../config.js';
import { atomicLoad, atomicStore, atomicWait } from '../convert/intrinsics.js';
import { say } from '../self-report.js';
import type { SpoolPlace } from '../spool/place.js';
import { monotonicMs } from './clock.js';
import { setEnding } from './flush.js';
import { type ControlsInUse, controlsInUse, flushAllLater, requestFlush } from './flush-request.js';
import { argumentTexts, currentFolder } from './process-facts.js';
import {
  type ExporterStart,
  FLUSH_DIED,
  FLUSH_DONE,
  FLUSH_OUTCOME,
  HAS_DELIVERED,
  IS_ENDING,
  IS_STARTED,
  type RingAnnouncement,
  SPAN_STREAM,
} from './protocol.js';
import { RingReader } from './ring.js';
import { createScopeBuffer, ScopeBook } from './scope-book.js';

// Taken before the application's worker threads are followed: this one is not for preloading, and
// nobody's replacement of the class is to see it.
const { Worker: OriginalWorker } = threads;

/** It is an inconvenience once and a pattern twice. */
const MAX_RESTARTS = 1;

export interface ExporterThreadOptions {
  readonly control: SharedArrayBuffer;
  readonly spanControl: SharedArrayBuffer;
  readonly channelName: string;
  readonly config: Config;
  /** `service.instance.id`: of the process, not of the thread, which may be restarted. */
  readonly instanceId: string;
  /** undefined for none. */
  spoolPlace(): SpoolPlace | undefined;
  /** Folder that holds the built `exporter.cjs`. */
  readonly packageFolder: string;
  environment(): Record<string, string>;
}

/** The application's handle on the one thread that owns network and disk. */
export class ExporterThread {
  readonly #options: ExporterThreadOptions;
  readonly #control: Int32Array;
  readonly #spanControl: Int32Array;
  readonly #scopes = createScopeBuffer();
  #rings: RingAnnouncement[] = [];
  readonly #exporterFile: string;
  readonly #metricsFile: string;
  readonly #preloadFile: string;
  #worker: Worker | undefined;
  #restarts = 0;

  constructor(options: ExporterThreadOptions) {
    this.#options = options;
    this.#control = new Int32Array(options.control);
    this.#spanControl = new Int32Array(options.spanControl);
    // Now, while `join` is Node's own.
    this.#exporterFile = join(options.packageFolder, 'exporter.cjs');
    this.#metricsFile = join(options.packageFolder, 'metrics.cjs');
    this.#preloadFile = join(options.packageFolder, 'register.cjs');
  }

  /** Rings of records, of all threads that may still write. */
  get recordRings(): readonly RingAnnouncement[] {
    const rings: RingAnnouncement[] = [];
    for (let i = 0; i < this.#rings.length; i++) {
      const ring = this.#rings[i]!;
      if (ring.ringId < SPAN_STREAM) rings[rings.length] = ring;
    }
    return rings;
  }

  /** What the exporter thread has learned of their scopes. */
  scopeEntries(): Buffer {
    return new ScopeBook(this.#scopes).entries();
  }

  addRing(announcement: RingAnnouncement): void {
    const kept: RingAnnouncement[] = [];
    for (let i = 0; i < this.#rings.length; i++) {
      const { ringId, ring, ends } = this.#rings[i]!;
      if (ringId === announcement.ringId) return;
      if (!new RingReader(ring, ends).isOver()) kept[kept.length] = this.#rings[i]!;
    }
    kept[kept.length] = announcement;
    this.#rings = kept;
    this.#worker?.postMessage(announcement);
  }

  start(): void {
    if (this.#worker !== undefined || this.#restarts > MAX_RESTARTS) return;
    atomicStore(this.#control, IS_STARTED, 1);
    try {
      this.#worker = this.#spawn();
    } catch (error) {
      // For instance too many threads. The program runs on; its records are counted as dropped.
      this.#restarts = MAX_RESTARTS + 1;
      say('exporter-start', `The exporter thread could not be started (${String(error)}).`);
    }
  }

  /**
   * Blocks until the exporter has sent everything or can do no more.
   *
   * @returns Whether it answered in time, and not by dying.
   */
  flush(timeoutMs: number, isEnding: boolean): boolean {
    if (this.#worker === undefined) return this.#restarts === 0;
    const deadlineMs = monotonicMs() + timeoutMs;
    const { records, spans } = this.#inUse();
    const ticket = askFor(records, isEnding, timeoutMs);
    const spanTicket = spans === undefined ? 0 : askFor(spans, isEnding, timeoutMs);
    if (!waitForFlush(records, ticket, deadlineMs)) {
      if (isEnding) this.#sayNeverDelivered();
      return false;
    }
    const hasDied = atomicLoad(records, FLUSH_OUTCOME) === FLUSH_DIED;
    return !hasDied && (spans === undefined || waitForFlush(spans, spanTicket, deadlineMs));
  }

  /** As `flush`, without blocking; resolves whether everything was delivered in time. */
  async flushLater(timeoutMs: number): Promise<boolean> {
    if (this.#worker === undefined) return this.#restarts === 0;
    return flushAllLater(this.#inUse(), timeoutMs);
  }

  /** The process goes on after all. */
  resume(): void {
    atomicStore(this.#control, IS_ENDING, 0);
    atomicStore(this.#spanControl, IS_ENDING, 0);
  }

  #inUse(): ControlsInUse {
    return controlsInUse(this.#control, this.#spanControl);
  }

  // The exporter says so itself where it gives up in time; here it still waits for an answer.
  #sayNeverDelivered(): void {
    if (atomicLoad(this.#control, HAS_DELIVERED) === 1 || !isatty(2)) return;
    const { origin, pathname } = new URL(this.#options.config.logsUrl);
    say(
      'never-delivered',
      `No log record reached ${origin}${pathname}: it did not answer in time.`,
    );
  }

  #spawn(): Worker {
    const { config, control, channelName } = this.#options;
    const cwd = currentFolder();
    const start: ExporterStart = {
      isOtelRegisterExporter: true,
      control,
      channelName,
      rings: this.#rings,
      instanceId: this.#options.instanceId,
      argv: argumentTexts(),
      execPath: process.execPath,
      cwd: cwd ?? '/',
      logsUrl: config.logsUrl,
      spanControl: this.#options.spanControl,
      traces: config.traces,
      metrics: config.metrics && { ...config.metrics, bundle: this.#metricsFile },
      lingerMs: config.lingerMs,
      intervalMs: config.intervalMs,
      maxBatchRecords: config.maxBatchRecords,
      maxMemoryBytes: config.maxMemoryBytes,
      spool: this.#options.spoolPlace(),
      rules: config.rules,
      maxSpoolBytes: config.maxSpoolBytes,
      maxSpoolAgeMs: config.maxSpoolAgeMs,
      scopes: this.#scopes,
      isSuccessor: this.#restarts > 0,
      hasDiagnostics: config.hasDiagnostics,
    };
    const worker = new OriginalWorker(this.#exporterFile, {
      name: 'otel-register',
      workerData: start,
      // Without these the thread would preload us again: an empty `execArgv` drops what came on
      // the command line, the environment what came by NODE_OPTIONS (Node 20.20).
      //
      // Where the working folder is gone, Node ends a thread that asks for it before its script
      // runs. Looking for preloads asks first, and survives; then the answer is cached. Ours does
      // nothing in this thread. (Node 20 to 26, lib/internal/main/worker_thread.js)
      execArgv: cwd === undefined ? ['--require', this.#preloadFile] : [],
      env: this.#options.environment(),
      // What it allocates dies young. Left alone, V8 would let its nursery grow to 48 MiB (Node 24).
      resourceLimits: { maxYoungGenerationSizeMb: 2 },
      // The application's default would hand our output to its own stream, in its own time.
      stdout: true,
      stderr: true,
    });
    worker.unref();
    worker.on('error', error => this.#onEnd(worker, error));
    worker.on('exit', () => this.#onEnd(worker, undefined));
    return worker;
  }

  // Rings survive the thread, so a second one goes on where the first ended.
  #onEnd(worker: Worker, error: unknown): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#restarts++;
    const next = this.#restarts > MAX_RESTARTS ? 'records are dropped from now on' : 'restarted';
    say(
      `exporter-end-${this.#restarts}`,
      `The exporter thread ended (${error === undefined ? 'no error' : String(error)}); ${next}.`,
    );
    this.start();
  }
}

/** @returns A ticket. */
function askFor(control: Int32Array, isEnding: boolean, timeoutMs: number): number {
  if (isEnding) setEnding(control, timeoutMs);
  return requestFlush(control);
}

/** @returns Whether it was answered in time. */
function waitForFlush(control: Int32Array, ticket: number, deadlineMs: number): boolean {
  for (;;) {
    const done = atomicLoad(control, FLUSH_DONE);
    if (done - ticket >= 0) return true;
    const leftMs = deadlineMs - monotonicMs();
    if (leftMs <= 0) return false;
    atomicWait(control, FLUSH_DONE, done, leftMs);
  }
}
