import { ENTRY_HEADER_BYTES, entryBytesAt, entryStream, sealEntry } from './entry.js';
import { OVERFLOW_STREAM } from './protocol.js';
import { paddedFrameBytes } from './ring.js';

/** Of all scopes of a process. It grows as it is used. */
const MAX_BYTES = 1024 * 1024;
const FIRST_BYTES = 16 * 1024;
const LENGTH_BYTES = 8;
/** Ids of a stream count up from here; when all are used, they do so once more. */
const FIRST_ID = 1;
/** No record stands there. */
const NOWHERE = -1;

export function createScopeBuffer(): SharedArrayBuffer {
  return new SharedArrayBuffer(FIRST_BYTES, { maxByteLength: MAX_BYTES });
}

/**
 * The scopes that streams have defined, as entries. In shared memory, for the exporter thread that
 * may have to take over from a dead one; and whoever reads a file of the spool needs them in it.
 */
export class ScopeBook {
  readonly #buffer: SharedArrayBuffer;
  readonly #length: Int32Array;

  constructor(buffer: SharedArrayBuffer) {
    this.#buffer = buffer;
    this.#length = new Int32Array(buffer, 0, 1);
  }

  /** All of them, as entries; a later one replaces an earlier one of the same stream and id. */
  entries(): Buffer {
    const length = this.#length[0]!;
    return Buffer.from(new Uint8Array(this.#buffer, LENGTH_BYTES, length));
  }

  /** @param at Of a frame that defines a scope. */
  add(stream: number, bytes: Buffer, at: number): void {
    const frameBytes = paddedFrameBytes(bytes.readUInt32LE(at));
    const entry = Buffer.alloc(ENTRY_HEADER_BYTES + frameBytes);
    bytes.copy(entry, ENTRY_HEADER_BYTES, at, at + frameBytes);
    sealEntry(entry, 0, { frameBytes, stream, position: NOWHERE });
    // The file of what had no room in a ring is read from its beginning each time.
    if (stream >= OVERFLOW_STREAM && this.entries().includes(entry)) return;
    if (bytes.readUInt16LE(at + 6) === FIRST_ID) this.forget(stream);
    this.#write(this.#length[0]!, entry);
  }

  /** Nothing more comes from that stream. */
  forget(stream: number): void {
    const entries = this.entries();
    const kept: Buffer[] = [];
    for (let at = 0; at < entries.length; ) {
      const end = at + entryBytesAt(entries, at, entries.length);
      if (entryStream(entries, at) !== stream) kept.push(entries.subarray(at, end));
      at = end;
    }
    this.#write(0, Buffer.concat(kept));
  }

  // Beyond the limit scopes are lost to a successor, and to who reads the files later.
  #write(at: number, entries: Buffer): void {
    const length = at + entries.length;
    const needed = LENGTH_BYTES + length;
    if (needed > MAX_BYTES) return;
    if (needed > this.#buffer.byteLength) {
      (this.#buffer as { grow?(bytes: number): void }).grow?.(Math.min(MAX_BYTES, needed * 2));
    }
    new Uint8Array(this.#buffer, LENGTH_BYTES + at, entries.length).set(entries);
    this.#length[0] = length;
  }
}
