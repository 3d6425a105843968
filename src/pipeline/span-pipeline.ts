import { atomicLoad, atomicStore, mapClear, mapGet, mapSet } from '../convert/intrinsics.js';
import type { Scope } from '../log-record.js';
import { encodeScope, maxScopeBytes } from './encode.js';
import { encodeSpan, maxSpanBytes } from './encode-span.js';
import { ProtobufWriter } from './protobuf-writer.js';
import {
  AWAKE,
  EXPORTER_STATE,
  HAS_RECORDS,
  IDLE,
  SPAN_RING_BYTES,
  TAG_SCOPE,
  TAG_SPAN,
  WAKE_SHARE,
} from './protocol.js';
import { RingWriter } from './ring.js';
import { createRingBuffer } from './ring-buffer.js';
import type { SpanRecord } from './span-record.js';
import { wakeExporter } from './wake-exporter.js';

const MAX_SCOPE_ID = 0xffff;

export interface SpanPipelineOptions {
  /** Control block of what exports spans. */
  readonly control: SharedArrayBuffer;
  /** Called with the first span: somebody has to drain its ring. */
  start(ring: SharedArrayBuffer): void;
}

/**
 * The application thread's end of the pipeline for spans: a ring and an exporter of their own, so that
 * neither has to wait for the other's collector. It never waits: what finds no room is dropped and
 * counted.
 */
export class SpanPipeline {
  readonly #options: SpanPipelineOptions;
  readonly #control: Int32Array;
  readonly #scopeIds = new Map<Scope, number>();
  #scopeCount = 0;
  #ring: RingWriter | undefined;
  #writer = new ProtobufWriter(Buffer.alloc(0));

  constructor(options: SpanPipelineOptions) {
    this.#options = options;
    this.#control = new Int32Array(options.control);
  }

  write(span: SpanRecord): void {
    const ring = this.#ring ?? this.#begin();
    const scopeId =
      (mapGet(this.#scopeIds, span.scope) as number | undefined) ??
      this.#defineScope(ring, span.scope);
    const offset = scopeId === 0 ? -1 : ring.reserve(maxSpanBytes(span));
    if (offset >= 0) {
      this.#writer.position = offset;
      encodeSpan(this.#writer, span);
      ring.commit(this.#writer.position - offset, TAG_SPAN, 0, scopeId);
    } else ring.countDropped();
    this.#wakeExporter(ring);
  }

  #begin(): RingWriter {
    const buffer = createRingBuffer(SPAN_RING_BYTES);
    this.#ring = new RingWriter(buffer);
    this.#writer = new ProtobufWriter(this.#ring.bytes);
    atomicStore(this.#control, HAS_RECORDS, 1);
    this.#options.start(buffer);
    return this.#ring;
  }

  /** 0 when there is no room. */
  #defineScope(ring: RingWriter, scope: Scope): number {
    const offset = ring.reserve(maxScopeBytes(scope));
    if (offset < 0) return 0;
    // Frames hold 16 bits of it. Defined anew, an id means something else from there on.
    if (this.#scopeCount === MAX_SCOPE_ID) {
      mapClear(this.#scopeIds);
      this.#scopeCount = 0;
    }
    const scopeId = ++this.#scopeCount;
    this.#writer.position = offset;
    encodeScope(this.#writer, scope);
    ring.commit(this.#writer.position - offset, TAG_SCOPE, 0, scopeId);
    mapSet(this.#scopeIds, scope, scopeId);
    return scopeId;
  }

  #wakeExporter(ring: RingWriter): void {
    const state = atomicLoad(this.#control, EXPORTER_STATE);
    if (state === AWAKE) return;
    if (state === IDLE || ring.isFilledOver(ring.capacityBytes * WAKE_SHARE)) {
      wakeExporter(this.#control);
    }
  }
}
