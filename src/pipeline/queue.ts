import { FRAME_HEADER_BYTES, TAG_LOG, TAG_SCOPE, TAG_SKIP } from './protocol.js';
import { paddedFrameBytes } from './ring.js';

/** One encoded log record, still in the chunk it was drained with. */
export interface QueuedRecord {
  readonly payload: Uint8Array;
  /** Encoded scope; empty where the scope was lost. The same object for the same scope. */
  readonly scope: Uint8Array;
  readonly severityNumber: number;
}

interface Chunk {
  readonly bytes: Buffer;
  readonly scopes: Map<number, Uint8Array>;
  position: number;
}

const NO_SCOPE = new Uint8Array(0);

/**
 * Records drained and not yet handed to the collector, oldest chunk first. They stay as they were
 * drained, one copy a chunk, until a batch is made of them.
 */
export class Queue {
  #chunks: Chunk[] = [];
  #bytes = 0;
  #addedBytes = 0;
  readonly #scopesByRing = new Map<string, Map<number, Uint8Array>>();
  /** One object per distinct scope, whatever ring it came from. */
  readonly #knownScopes = new Map<string, Uint8Array>();

  /** Bytes held, frames' headers included. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Bytes ever added. */
  get addedBytes(): number {
    return this.#addedBytes;
  }

  /** Bytes ever taken out, on the same scale. */
  get takenBytes(): number {
    return this.#addedBytes - this.#bytes;
  }

  isEmpty(): boolean {
    return this.#chunks.length === 0;
  }

  add(ringId: string, bytes: Buffer): void {
    let scopes = this.#scopesByRing.get(ringId);
    if (scopes === undefined) {
      scopes = new Map();
      this.#scopesByRing.set(ringId, scopes);
    }
    this.#chunks.push({ bytes, scopes, position: 0 });
    this.#bytes += bytes.length;
    this.#addedBytes += bytes.length;
  }

  /** Nothing more comes from that ring. */
  forgetRing(ringId: string): void {
    this.#scopesByRing.delete(ringId);
  }

  /** How many records there are, which stay. */
  countRecords(): number {
    let records = 0;
    for (const { bytes, position } of this.#chunks) {
      for (let at = position; at < bytes.length; at += paddedFrameBytes(bytes.readUInt32LE(at))) {
        if (bytes[at + 4] === TAG_LOG) records++;
      }
    }
    return records;
  }

  /** Takes up to so many of the oldest records out; at least one if there is any. */
  take(maxBytes: number, maxRecords: number): QueuedRecord[] {
    const records: QueuedRecord[] = [];
    let bytes = 0;
    while (this.#chunks.length > 0 && bytes < maxBytes && records.length < maxRecords) {
      const record = this.#next(this.#chunks[0]!);
      if (record === undefined) {
        this.#dropHead();
        continue;
      }
      records.push(record);
      bytes += record.payload.length;
    }
    this.#dropEmptyHead();
    return records;
  }

  #next(chunk: Chunk): QueuedRecord | undefined {
    const { bytes, scopes } = chunk;
    while (chunk.position < bytes.length) {
      const start = chunk.position + FRAME_HEADER_BYTES;
      const length = bytes.readUInt32LE(chunk.position);
      const tag = bytes[chunk.position + 4]!;
      const scopeId = bytes.readUInt16LE(chunk.position + 6);
      const severityNumber = bytes[chunk.position + 5]!;
      const payload = bytes.subarray(start, start + length);
      chunk.position += paddedFrameBytes(length);
      this.#bytes -= paddedFrameBytes(length);

      if (tag === TAG_LOG) {
        return { payload, scope: scopes.get(scopeId) ?? NO_SCOPE, severityNumber };
      }
      if (tag === TAG_SCOPE) scopes.set(scopeId, this.#oneScope(payload));
      else if (tag !== TAG_SKIP) break;
    }
    return undefined;
  }

  #oneScope(payload: Uint8Array): Uint8Array {
    const key = Buffer.from(payload).toString('latin1');
    const known = this.#knownScopes.get(key);
    if (known !== undefined) return known;
    // A copy: the scope outlives its chunk.
    const scope = Buffer.from(payload);
    this.#knownScopes.set(key, scope);
    return scope;
  }

  // A chunk may end with frames that are no records.
  #dropEmptyHead(): void {
    while (this.#chunks.length > 0 && this.#chunks[0]!.position >= this.#chunks[0]!.bytes.length) {
      this.#dropHead();
    }
  }

  // What is left of it after an unknown frame is no use.
  #dropHead(): void {
    const { bytes, position } = this.#chunks.shift()!;
    this.#bytes -= bytes.length - position;
  }
}
