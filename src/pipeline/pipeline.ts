import type { LogFields, LogRecord, Scope } from '../log-record.js';
import { monotonicMs } from './clock.js';
import {
  encodeConstantAttributes,
  encodeLogRecord,
  encodeScope,
  maxFieldsBytes,
  maxLogRecordBytes,
  maxScopeBytes,
} from './encode.js';
import { ProtobufWriter } from './protobuf-writer.js';
import { AWAKE, EXPORTER_STATE, IDLE, TAG_LOG, TAG_SCOPE, WAKE_SHARE } from './protocol.js';
import { RingWriter } from './ring.js';

/** A full ring is waited for this long: the exporter empties one within 20 ms of a healthy disk or network. */
const FULL_RING_WAIT_MS = 250;

export interface PipelineOptions {
  readonly control: SharedArrayBuffer;
  readonly ring: SharedArrayBuffer;
  /** On every record of this thread. */
  readonly constants?: LogFields;
  /** Called with the first record. */
  start(): void;
}

/** The application thread's end of the pipeline: records in, encoded frames in the ring. */
export class Pipeline {
  readonly #ring: RingWriter;
  readonly #control: Int32Array;
  readonly #writer: ProtobufWriter;
  readonly #constants: Uint8Array;
  readonly #wakeAtBytes: number;
  readonly #scopeIds = new Map<Scope, number>();
  readonly #start: () => void;
  #hasStarted = false;
  #isStalled = false;

  constructor(options: PipelineOptions) {
    this.#ring = new RingWriter(options.ring);
    this.#control = new Int32Array(options.control);
    this.#writer = new ProtobufWriter(this.#ring.bytes);
    this.#wakeAtBytes = this.#ring.capacityBytes * WAKE_SHARE;
    this.#constants = encodedConstants(options.constants);
    this.#start = options.start;
  }

  get hasStarted(): boolean {
    return this.#hasStarted;
  }

  /** When this returns, the record is out of this thread's hands, or counted as dropped. */
  write(record: LogRecord): void {
    const scopeId = this.#scopeIds.get(record.scope) ?? this.#defineScope(record.scope);
    const offset = this.#reserve(maxLogRecordBytes(record, this.#constants));
    if (offset < 0) {
      this.#ring.countDropped();
      return;
    }
    this.#writer.position = offset;
    encodeLogRecord(this.#writer, record, this.#constants);
    this.#ring.commit(this.#writer.position - offset, TAG_LOG, record.severityNumber, scopeId);
    this.#wakeExporter();
  }

  // A scope is defined in the ring before its first record, so that both survive the same things.
  #defineScope(scope: Scope): number {
    const offset = this.#reserve(maxScopeBytes(scope));
    // Undefined scopes are delivered without a name; the next record tries again.
    if (offset < 0) return 0;
    const scopeId = this.#scopeIds.size + 1;
    this.#writer.position = offset;
    encodeScope(this.#writer, scope);
    this.#ring.commit(this.#writer.position - offset, TAG_SCOPE, 0, scopeId);
    this.#scopeIds.set(scope, scopeId);
    return scopeId;
  }

  #reserve(maxBytes: number): number {
    const offset = this.#ring.reserve(maxBytes);
    if (offset < 0) return this.#reserveInFullRing(maxBytes);
    this.#isStalled = false;
    return offset;
  }

  // Once a wait was in vain the exporter is stuck, and further records are dropped at once until
  // it has taken something: an outage must not slow the application down line by line.
  #reserveInFullRing(maxBytes: number): number {
    this.#begin();
    if (!this.#isStalled) this.#wake();
    const waitMs = this.#isStalled ? 0 : FULL_RING_WAIT_MS;
    const deadline = monotonicMs() + waitMs;
    for (;;) {
      const leftMs = deadline - monotonicMs();
      if (leftMs <= 0 || !this.#ring.waitForSpace(leftMs)) break;
      const offset = this.#ring.reserve(maxBytes);
      if (offset >= 0) return offset;
    }
    this.#isStalled = true;
    return -1;
  }

  #wakeExporter(): void {
    this.#begin();
    const state = Atomics.load(this.#control, EXPORTER_STATE);
    if (state === AWAKE) return;
    if (state === IDLE || this.#ring.usedBytes() > this.#wakeAtBytes) this.#wake();
  }

  #begin(): void {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    this.#start();
  }

  #wake(): void {
    wakeExporter(this.#control);
  }
}

/** Makes the exporter thread look at rings and requests now. */
export function wakeExporter(control: Int32Array): void {
  Atomics.store(control, EXPORTER_STATE, AWAKE);
  Atomics.notify(control, EXPORTER_STATE);
}

function encodedConstants(fields: LogFields | undefined): Uint8Array {
  if (fields === undefined) return new Uint8Array(0);
  const writer = new ProtobufWriter(Buffer.alloc(maxFieldsBytes(fields)));
  encodeConstantAttributes(fields, writer);
  return writer.written();
}
