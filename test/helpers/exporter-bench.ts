import { DeliveryCounts } from '../../src/pipeline/delivery-counts.js';
import { Exporter } from '../../src/pipeline/exporter.js';
import type { ExporterOptions } from '../../src/pipeline/exporter-options.js';
import { Pipeline } from '../../src/pipeline/pipeline.js';
import {
  CONTROL_SLOTS,
  FLUSH_DONE,
  FLUSH_REQUESTED,
  IS_ENDING,
} from '../../src/pipeline/protocol.js';
import type { Outcome } from '../../src/pipeline/retry.js';
import { createRingBuffer } from '../../src/pipeline/ring-buffer.js';
import { createScopeBuffer, ScopeBook } from '../../src/pipeline/scope-book.js';
import { wakeExporter } from '../../src/pipeline/wake-exporter.js';
import { decodeLogs } from '../../src/receiver/received-log.js';
import { logRecord } from './log-records.js';

export const ACCEPTED: Outcome = { kind: 'accepted', rejectedRecords: 0, message: '' };
export const AWAY: Extract<Outcome, { kind: 'retryable' }> = { kind: 'retryable', reason: 'away' };

const TIMEOUT_MS = 10_000;

/** One attempt the exporter is making; it goes on when the test says how it ended. */
export interface Attempt {
  readonly bodies: readonly unknown[];
  readonly timeoutMs: number | undefined;
  end(outcome: Outcome): void;
}

/** An exporter in this thread, whose attempts a test takes by hand. */
export class ExporterBench {
  readonly control = new SharedArrayBuffer(CONTROL_SLOTS * 4);
  readonly slots = new Int32Array(this.control);
  readonly counts = new DeliveryCounts();
  readonly hurriedMs: number[] = [];
  readonly exporter: Exporter;
  #pending: Attempt[] = [];
  #arrived: (() => void) | undefined;

  constructor(options: Partial<ExporterOptions> = {}) {
    this.exporter = new Exporter({
      control: this.control,
      sender: {
        url: 'http://user:secret@collector.test:4318/v1/logs?key=secret',
        send: (body, timeoutMs) => this.#attempt(body, timeoutMs),
        hurry: timeoutMs => void this.hurriedMs.push(timeoutMs),
      },
      resource: Promise.resolve(new Uint8Array(0)),
      lingerMs: 0,
      maxBatchRecords: Infinity,
      maxMemoryBytes: 1024 * 1024,
      counts: this.counts,
      scopes: new ScopeBook(createScopeBuffer()),
      ...options,
    });
  }

  createPipeline(ringBytes = 65_536): { pipeline: Pipeline; ring: SharedArrayBuffer } {
    const ring = createRingBuffer(ringBytes);
    return { ring, pipeline: new Pipeline({ control: this.control, ring, start: () => {} }) };
  }

  /** With a ring of its own. */
  addPipeline(ringId = 0, ringBytes?: number): Pipeline {
    const { pipeline, ring } = this.createPipeline(ringBytes);
    this.exporter.addRings([{ ringId, ring }]);
    return pipeline;
  }

  /** The next attempt, when the exporter makes it. */
  async nextAttempt(): Promise<Attempt> {
    while (this.#pending.length === 0) {
      await new Promise<void>((resolve, reject) => {
        const late = setTimeout(() => reject(new Error('No attempt was made.')), TIMEOUT_MS);
        this.#arrived = () => {
          clearTimeout(late);
          resolve();
        };
      });
    }
    return this.#pending.shift()!;
  }

  hasAttempt(): boolean {
    return this.#pending.length > 0;
  }

  requestFlush(isEnding = false): number {
    if (isEnding) Atomics.store(this.slots, IS_ENDING, 1);
    const ticket = Atomics.add(this.slots, FLUSH_REQUESTED, 1) + 1;
    wakeExporter(this.slots);
    return ticket;
  }

  isFlushed(ticket: number): boolean {
    return Atomics.load(this.slots, FLUSH_DONE) - ticket >= 0;
  }

  async flushed(ticket: number): Promise<void> {
    const deadlineMs = Date.now() + TIMEOUT_MS;
    while (!this.isFlushed(ticket)) {
      if (Date.now() > deadlineMs) throw new Error('The flush was not answered.');
      await turn();
    }
  }

  #attempt(body: Buffer, timeoutMs: number | undefined): Promise<Outcome> {
    return new Promise(resolve => {
      const bodies = decodeLogs(body).map(record => record.body);
      this.#pending.push({ bodies, timeoutMs, end: resolve });
      this.#arrived?.();
    });
  }
}

export function write(pipeline: Pipeline, ...bodies: (string | number)[]): void {
  for (const body of bodies) pipeline.write(logRecord({ body }));
}

/** Lets everything happen that is waiting for nothing but the loop. */
export async function turn(turns = 5): Promise<void> {
  for (let i = 0; i < turns; i++) await new Promise(resolve => setImmediate(resolve));
}
