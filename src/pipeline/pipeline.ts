import { mapGet, mapSet } from '../convert/intrinsics.js';
import type { LogFields, LogRecord, Scope } from '../log-record.js';
import type { WriteThrough } from '../spool/write-through.js';
import { monotonicMs } from './clock.js';
import {
  encodeConstantAttributes,
  encodeLogRecord,
  encodeScope,
  maxLogRecordBytes,
  maxScopeBytes,
} from './encode.js';
import { maxFieldsBytes } from './encode-value.js';
import { ProtobufWriter } from './protobuf-writer.js';
import {
  AWAKE,
  EXPORTER_STATE,
  FRAME_HEADER_BYTES,
  IDLE,
  TAG_LOG,
  TAG_SCOPE,
  WAKE_SHARE,
} from './protocol.js';
import { paddedFrameBytes, RingWriter } from './ring.js';

/** A full ring is waited for this long: the exporter empties one within 20 ms of a healthy disk or network. */
const FULL_RING_WAIT_MS = 250;
/** The same, where there is a file for what finds no room. */
const OVERFLOW_WAIT_MS = 50;
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
  /** From that severity on, records are on disk when `write` returns. */
  readonly through?: { readonly severity: number; readonly to: WriteThrough } | undefined;
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
  readonly #throughSeverity: number;
  readonly #through: WriteThrough | undefined;
  /** By scope id: what defines it. */
  readonly #scopeFrames: Uint8Array[] = [];
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
    this.#throughSeverity = options.through?.severity ?? Number.POSITIVE_INFINITY;
    this.#through = options.through?.to;
  }

  /** Whether there has been a record. */
  get hasStarted(): boolean {
    return this.#hasStarted;
  }

  /** When this returns, the record is out of this thread's hands, or counted as dropped. */
  write(record: LogRecord): void {
    const scopeId =
      (mapGet(this.#scopeIds, record.scope) as number | undefined) ??
      this.#defineScope(record.scope);
    const maxBytes = maxLogRecordBytes(record, this.#constants);
    const offset = this.#ring.reserve(maxBytes);
    if (offset < 0) {
      this.#writeToFullRing(record, scopeId, maxBytes);
      return;
    }
    this.#writer.position = offset;
    encodeLogRecord(this.#writer, record, this.#constants);
    this.#commit(this.#writer.position - offset, record.severityNumber, scopeId);
  }

  /** Starts what the first record would start. */
  begin(): void {
    this.#begin();
  }

  // On disk before the exporter is woken: it takes the processor, where there is but one.
  #commit(payloadBytes: number, severityNumber: number, scopeId: number): void {
    this.#ring.commit(payloadBytes, TAG_LOG, severityNumber, scopeId);
    if (severityNumber >= this.#throughSeverity) this.#writeThrough(payloadBytes, scopeId);
    this.#wakeExporter();
  }

  #writeThrough(payloadBytes: number, scopeId: number): void {
    const ring = this.#ring;
    const frame = { bytes: ring.bytes, at: ring.lastFrame, length: paddedFrameBytes(payloadBytes) };
    const scopeFrame = this.#scopeFrames[scopeId];
    this.#through!.write({ ...frame, scopeId, scopeFrame }, ring);
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
    const payloadBytes = this.#writer.position - offset;
    this.#ring.commit(payloadBytes, TAG_SCOPE, 0, scopeId);
    const { bytes, lastFrame } = this.#ring;
    const frame = bytes.subarray(lastFrame, lastFrame + paddedFrameBytes(payloadBytes));
    this.#scopeFrames[scopeId] = Buffer.from(frame);
    mapSet(this.#scopeIds as Map<unknown, unknown>, scope, scopeId);
    return scopeId;
  }

  // What `maxLogRecordBytes` foresees is often three times what is needed: here the exact size
  // decides. A frame of more than half the ring would have to wait for a position as well as for room.
  #writeToFullRing(record: LogRecord, scopeId: number, maxBytes: number): void {
    const { capacityBytes } = this.#ring;
    const isHopeless = this.#isStalled() && this.#through === undefined;
    const mayFit = !isHopeless && maxBytes <= capacityBytes * MAX_FORESEEN_RINGS;
    const frame = mayFit ? this.#encodeApart(record, scopeId, maxBytes) : undefined;
    if (frame === undefined || frame.length > capacityBytes / 2) {
      this.#drop();
      return;
    }
    const payload = frame.subarray(FRAME_HEADER_BYTES);
    const offset = this.#waitForRoom(payload.length);
    if (offset < 0) {
      this.#overflow(frame, scopeId);
      return;
    }
    this.#ring.bytes.set(payload, offset);
    this.#commit(payload.length, record.severityNumber, scopeId);
  }

  #overflow(unpadded: Buffer, scopeId: number): void {
    const bytes = Buffer.alloc(paddedFrameBytes(unpadded.length - FRAME_HEADER_BYTES));
    bytes.set(unpadded);
    const scopeFrame = this.#scopeFrames[scopeId];
    const frame = { bytes, at: 0, length: bytes.length, scopeId, scopeFrame };
    if (this.#through?.overflow(frame, this.#ring)) this.#begin();
    else this.#drop();
  }

  #drop(): void {
    this.#begin();
    this.#ring.countDropped();
  }

  /** A frame, without padding. */
  #encodeApart(record: LogRecord, scopeId: number, maxBytes: number): Buffer {
    const bytes = Buffer.allocUnsafe(FRAME_HEADER_BYTES + maxBytes);
    const writer = new ProtobufWriter(bytes);
    writer.position = FRAME_HEADER_BYTES;
    encodeLogRecord(writer, record, this.#constants);
    bytes.writeUInt32LE(writer.position - FRAME_HEADER_BYTES, 0);
    bytes.writeUInt32LE((TAG_LOG | (record.severityNumber << 8) | (scopeId << 16)) >>> 0, 4);
    return bytes.subarray(0, writer.position);
  }

  // Once a wait was in vain the exporter is stuck, and further records are dropped at once until
  // it has taken something: an outage must not slow the application down line by line. That a
  // smaller record still finds room says nothing about the exporter.
  #waitForRoom(bytes: number): number {
    if (this.#isStalled()) return -1;
    this.#begin();
    this.#wake();
    const isStarting = this.#ring.knownRead === 0;
    const fullWaitMs = this.#through === undefined ? FULL_RING_WAIT_MS : OVERFLOW_WAIT_MS;
    const deadline = monotonicMs() + (isStarting ? STARTING_WAIT_MS : fullWaitMs);
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
