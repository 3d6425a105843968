import {
  atomicAdd,
  atomicExchange,
  atomicLoad,
  atomicNotify,
  atomicStore,
  atomicWait,
  bufferFrom,
  copyBytes,
  min,
} from '../convert/intrinsics.js';
import { hasAnyEnded } from '../thread-ends.js';
import {
  FRAME_HEADER_BYTES,
  RING_DROPPED,
  RING_HEADER_BYTES,
  RING_OVERFLOW_READ,
  RING_OVERFLOWED,
  RING_READ,
  RING_READ_LAPS,
  RING_WRITTEN,
  TAG_SKIP,
} from './protocol.js';

// A ring of frames between one application thread (writer) and the exporter thread (reader).
// A frame never straddles the end: what is left there is skipped. The capacity divides 2^32, so
// that positions may overflow.

const TWO_TO_32 = 0x1_0000_0000;

/** The application thread's half. */
export class RingWriter {
  /** The whole ring as bytes; `reserve` answers offsets into it. */
  readonly bytes: Buffer;
  readonly capacityBytes: number;
  /** Offset in `bytes` of the frame committed last, header included. */
  lastFrame = 0;
  readonly #slots: Int32Array;
  /** How often `#written` went past 2^32. */
  #laps = 0;
  #lastStart = 0;
  #written: number;
  #knownRead: number;
  #reserved = 0;

  constructor(buffer: SharedArrayBuffer) {
    this.bytes = bufferFrom(buffer, 0, buffer.byteLength);
    this.#slots = new Int32Array(buffer, 0, buffer.byteLength >> 2);
    this.capacityBytes = buffer.byteLength - RING_HEADER_BYTES;
    this.#written = atomicLoad(this.#slots, RING_WRITTEN) >>> 0;
    this.#knownRead = atomicLoad(this.#slots, RING_READ) >>> 0;
  }

  /** Position of the reader when it was last looked at: after a failed `reserve`, just now. */
  get knownRead(): number {
    return this.#knownRead;
  }

  /** Offset into `bytes` where up to `payloadBytes` may be written, or -1 when the ring is full. */
  reserve(payloadBytes: number): number {
    const needed = paddedFrameBytes(payloadBytes);
    const position = this.#written & (this.capacityBytes - 1);
    const untilEnd = this.capacityBytes - position;
    const skipped = needed > untilEnd ? untilEnd : 0;
    if (needed + skipped > this.#freeBytes(needed + skipped)) return -1;

    if (skipped > 0) this.#writeHeader(position, untilEnd - FRAME_HEADER_BYTES, TAG_SKIP);
    this.#reserved = skipped;
    return RING_HEADER_BYTES + (skipped > 0 ? 0 : position) + FRAME_HEADER_BYTES;
  }

  /** Hands the frame over that was written at the reserved offset. */
  commit(payloadBytes: number, tag: number, severity: number, scopeId: number): void {
    const start = this.#written + this.#reserved;
    const slot = start & (this.capacityBytes - 1);
    this.#writeHeader(slot, payloadBytes, tag | (severity << 8) | (scopeId << 16));
    this.lastFrame = RING_HEADER_BYTES + slot;
    this.#lastStart = this.#laps * TWO_TO_32 + start;
    const end = start + paddedFrameBytes(payloadBytes);
    if (end >= TWO_TO_32) this.#laps++;
    this.#written = end >>> 0;
    atomicStore(this.#slots, RING_WRITTEN, this.#written | 0);
  }

  /** Of the frame committed last, in bytes since the ring's beginning. */
  get lastPosition(): number {
    return this.#lastStart;
  }

  /** Whether the reader has taken everything before this position. */
  isReadUpTo(position: number): boolean {
    const unread = (this.#written - atomicLoad(this.#slots, RING_READ)) >>> 0;
    return this.#laps * TWO_TO_32 + this.#written - unread >= position;
  }

  /** Whether more than so much waits for the reader. */
  isFilledOver(bytes: number): boolean {
    if (this.#usedBytes() <= bytes) return false;
    this.#knownRead = atomicLoad(this.#slots, RING_READ) >>> 0;
    return this.#usedBytes() > bytes;
  }

  /** Blocks until the reader has taken something, at most `timeoutMs`. */
  waitForSpace(timeoutMs: number): boolean {
    return atomicWait(this.#slots, RING_READ, this.#knownRead | 0, timeoutMs) !== 'timed-out';
  }

  countDropped(): void {
    atomicAdd(this.#slots, RING_DROPPED, 1);
  }

  /** How many records had to go elsewhere. */
  get overflowed(): number {
    return atomicLoad(this.#slots, RING_OVERFLOWED) >>> 0;
  }

  countOverflowed(): void {
    atomicAdd(this.#slots, RING_OVERFLOWED, 1);
  }

  /** Whether the reader has those. */
  isOverflowRead(): boolean {
    return this.overflowed === atomicLoad(this.#slots, RING_OVERFLOW_READ) >>> 0;
  }

  #usedBytes(): number {
    return (this.#written - this.#knownRead) >>> 0;
  }

  // The reader's position is only looked at when what is known of it does not suffice.
  #freeBytes(wanted: number): number {
    const free = this.capacityBytes - this.#usedBytes();
    if (free >= wanted) return free;
    this.#knownRead = atomicLoad(this.#slots, RING_READ) >>> 0;
    return this.capacityBytes - this.#usedBytes();
  }

  #writeHeader(position: number, payloadBytes: number, tagWord: number): void {
    const slot = (RING_HEADER_BYTES + position) >> 2;
    this.#slots[slot] = payloadBytes;
    this.#slots[slot + 1] = tagWord;
  }
}

/** The exporter thread's half. */
export class RingReader {
  readonly #buffer: SharedArrayBuffer;
  readonly #ends: readonly SharedArrayBuffer[] | undefined;
  readonly #slots: Int32Array;
  readonly #capacityBytes: number;
  /** How often `#read` went past 2^32. */
  #laps: number;
  #read: number;

  /** @param ends Set when the writer's thread has ended: see `RingAnnouncement`. */
  constructor(buffer: SharedArrayBuffer, ends?: readonly SharedArrayBuffer[]) {
    this.#buffer = buffer;
    this.#ends = ends;
    this.#slots = new Int32Array(buffer, 0, buffer.byteLength >> 2);
    this.#capacityBytes = buffer.byteLength - RING_HEADER_BYTES;
    this.#laps = atomicLoad(this.#slots, RING_READ_LAPS) >>> 0;
    this.#read = atomicLoad(this.#slots, RING_READ) >>> 0;
  }

  hasFrames(): boolean {
    return this.written() !== this.#read;
  }

  /** Position up to which there are frames. */
  written(): number {
    return atomicLoad(this.#slots, RING_WRITTEN) >>> 0;
  }

  /** Whether everything before this position was taken. */
  hasReached(position: number): boolean {
    return ((this.#read - position) | 0) >= 0;
  }

  /** Nothing is left to be read, and nobody left to write. */
  isOver(): boolean {
    return hasAnyEnded(this.#ends) && !this.hasFrames();
  }

  /** Of the next frame, in bytes since the ring's beginning. */
  get position(): number {
    return this.#laps * TWO_TO_32 + this.#read;
  }

  /** What the next frame takes in all; 0 when there is none. */
  nextFrameBytes(): number {
    if (!this.hasFrames()) return 0;
    const slot = (RING_HEADER_BYTES + (this.#read & (this.#capacityBytes - 1))) >> 2;
    return paddedFrameBytes(this.#slots[slot]!);
  }

  /**
   * Copies whole frames, as many as lie in a row and fit between `at` and `end`. They stay in the
   * ring until `release`.
   *
   * @returns Bytes copied.
   */
  copyInto(target: Uint8Array, at: number, end: number): number {
    const start = this.#read & (this.#capacityBytes - 1);
    const inRow = min((this.written() - this.#read) >>> 0, this.#capacityBytes - start);
    const length = inRow <= end - at ? inRow : this.#wholeFrames(start, end - at);
    const frames = new Uint8Array(this.#buffer, RING_HEADER_BYTES + start, length);
    copyBytes(target, frames, at);
    return length;
  }

  /** Gives copied frames back to the writer. */
  release(bytes: number): void {
    const read = this.#read + bytes;
    if (read >= TWO_TO_32) atomicStore(this.#slots, RING_READ_LAPS, ++this.#laps | 0);
    this.#read = read >>> 0;
    atomicStore(this.#slots, RING_READ, this.#read | 0);
    atomicNotify(this.#slots, RING_READ);
  }

  #wholeFrames(start: number, room: number): number {
    let length = 0;
    for (;;) {
      const frameBytes = paddedFrameBytes(this.#slots[(RING_HEADER_BYTES + start + length) >> 2]!);
      if (length + frameBytes > room) return length;
      length += frameBytes;
    }
  }

  /** Which of the records that had to go elsewhere were not read yet: from the one to before the other. */
  unreadOverflow(): { readonly from: number; readonly to: number } {
    const from = atomicLoad(this.#slots, RING_OVERFLOW_READ) >>> 0;
    return { from, to: atomicLoad(this.#slots, RING_OVERFLOWED) >>> 0 };
  }

  overflowRead(to: number): void {
    atomicStore(this.#slots, RING_OVERFLOW_READ, to | 0);
  }

  /** Records the writer had to drop since the last call. */
  takeDropped(): number {
    return atomicExchange(this.#slots, RING_DROPPED, 0);
  }
}

export function paddedFrameBytes(payloadBytes: number): number {
  return (FRAME_HEADER_BYTES + payloadBytes + 7) & ~7;
}
