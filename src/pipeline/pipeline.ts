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
/** The same, while the exporter thread is still starting, which a busy machine may delay. */
const STARTING_WAIT_MS = 2_000;
/** Beyond this it is not worth encoding a record to see how large it really is. */
const MAX_FORESEEN_RINGS = 8;
const MAX_SCOPE_ID = 0xffff;

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
  /** Position at which the exporter stood while it was waited for in vain. */
  #stalledAt: number | undefined;

  constructor(options: PipelineOptions) {
    this.#ring = new RingWriter(options.ring);
    this.#control = new Int32Array(options.control);
    this.#writer = new ProtobufWriter(this.#ring.bytes);
    this.#wakeAtBytes = this.#ring.capacityBytes * WAKE_SHARE;
    this.#constants = encodedConstants(options.constants);
    this.#start = options.start;
  }

  /** When this returns, the record is out of this thread's hands, or counted as dropped. */
  write(record: LogRecord): void {
    const scopeId = this.#scopeIds.get(record.scope) ?? this.#defineScope(record.scope);
    const maxBytes = maxLogRecordBytes(record, this.#constants);
    const offset = this.#ring.reserve(maxBytes);
    if (offset < 0) {
      this.#writeToFullRing(record, scopeId, maxBytes);
      return;
    }
    this.#writer.position = offset;
    encodeLogRecord(this.#writer, record, this.#constants);
    this.#ring.commit(this.#writer.position - offset, TAG_LOG, record.severityNumber, scopeId);
    this.#wakeExporter();
  }

  // A scope is defined in the ring before its first record, so that both survive the same things.
  #defineScope(scope: Scope): number {
    const maxBytes = maxScopeBytes(scope);
    const free = this.#ring.reserve(maxBytes);
    const offset = free < 0 ? this.#waitForRoom(maxBytes) : free;
    // Undefined scopes are delivered without a name; the next record tries again.
    if (offset < 0) return 0;
    // Frames hold 16 bits of it. Defined anew, an id means something else from there on.
    if (this.#scopeIds.size === MAX_SCOPE_ID) this.#scopeIds.clear();
    const scopeId = this.#scopeIds.size + 1;
    this.#writer.position = offset;
    encodeScope(this.#writer, scope);
    this.#ring.commit(this.#writer.position - offset, TAG_SCOPE, 0, scopeId);
    this.#scopeIds.set(scope, scopeId);
    return scopeId;
  }

  // What `maxLogRecordBytes` foresees is often three times what is needed: here the exact size
  // decides. A frame of more than half the ring would have to wait for a position as well as for room.
  #writeToFullRing(record: LogRecord, scopeId: number, maxBytes: number): void {
    const { capacityBytes } = this.#ring;
    const isHopeless = this.#isStalled() || maxBytes > capacityBytes * MAX_FORESEEN_RINGS;
    const payload = isHopeless ? undefined : this.#encodeApart(record, maxBytes);
    const isTooLarge = payload === undefined || payload.length > capacityBytes / 2;
    const offset = isTooLarge ? -1 : this.#waitForRoom(payload.length);
    if (isTooLarge || offset < 0) {
      this.#begin();
      this.#ring.countDropped();
      return;
    }
    this.#ring.bytes.set(payload, offset);
    this.#ring.commit(payload.length, TAG_LOG, record.severityNumber, scopeId);
    this.#wakeExporter();
  }

  #encodeApart(record: LogRecord, maxBytes: number): Uint8Array {
    const writer = new ProtobufWriter(Buffer.allocUnsafe(maxBytes));
    encodeLogRecord(writer, record, this.#constants);
    return writer.written();
  }

  // Once a wait was in vain the exporter is stuck, and further records are dropped at once until
  // it has taken something: an outage must not slow the application down line by line. That a
  // smaller record still finds room says nothing about the exporter.
  #waitForRoom(bytes: number): number {
    if (this.#isStalled()) return -1;
    this.#begin();
    this.#wake();
    const isStarting = this.#ring.knownRead === 0;
    const deadline = monotonicMs() + (isStarting ? STARTING_WAIT_MS : FULL_RING_WAIT_MS);
    for (;;) {
      const offset = this.#ring.reserve(bytes);
      if (offset >= 0) return offset;
      const leftMs = deadline - monotonicMs();
      if (leftMs <= 0 || !this.#ring.waitForSpace(leftMs)) break;
    }
    this.#stalledAt = this.#ring.knownRead;
    return -1;
  }

  #isStalled(): boolean {
    return this.#stalledAt === this.#ring.knownRead;
  }

  #wakeExporter(): void {
    this.#begin();
    const state = Atomics.load(this.#control, EXPORTER_STATE);
    if (state === AWAKE) return;
    if (state === IDLE || this.#ring.isFilledOver(this.#wakeAtBytes)) this.#wake();
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
