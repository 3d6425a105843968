import type { TracesDelivery } from '../config/traces.js';
import { TRACES } from '../otlp-signal.js';
import { monotonicMs } from './clock.js';
import { DeliveryCounts } from './delivery-counts.js';
import { Exporter } from './exporter.js';
import { HAS_RECORDS, type RingAnnouncement } from './protocol.js';
import { createScopeBuffer, ScopeBook } from './scope-book.js';
import { Sender } from './send.js';
import { UnservedSender } from './unserved.js';

/** Of spans that wait for the collector. They are not kept on disk. */
const MAX_SPAN_BYTES = 8 * 1024 * 1024;

export interface SpanExportOptions {
  readonly control: SharedArrayBuffer;
  readonly url: string;
  readonly traces: TracesDelivery;
  /** Encoded `Resource`. */
  readonly resource: Promise<Uint8Array>;
  takeAnnounced(): Iterable<RingAnnouncement>;
}

/** Exports spans, from the first one on: an exporter of their own, so that log records never wait for it. */
export class SpanExport {
  readonly #options: SpanExportOptions;
  #exporter: Exporter | undefined;

  constructor(options: SpanExportOptions) {
    this.#options = options;
  }

  /** Also without any, where the thread of a ring has ended: somebody may wait for its spans. */
  addRings(rings: readonly RingAnnouncement[]): void {
    const control = new Int32Array(this.#options.control);
    if (Atomics.load(control, HAS_RECORDS) === 0) return;
    this.#exporter ??= this.#create();
    this.#exporter.addRings(rings);
  }

  #create(): Exporter {
    const { control, url, traces, resource, takeAnnounced } = this.#options;
    const sender = new Sender(url, TRACES);
    return new Exporter({
      signal: 'spans',
      control,
      sender: traces.isWanted ? sender : new UnservedSender(sender, monotonicMs),
      resource,
      // A thread that takes over finds none, and then their spans have no scope.
      scopes: new ScopeBook(createScopeBuffer()),
      counts: new DeliveryCounts(),
      lingerMs: traces.lingerMs,
      maxBatchRecords: traces.maxBatchSpans,
      maxMemoryBytes: MAX_SPAN_BYTES,
      takeAnnounced,
    });
  }
}
