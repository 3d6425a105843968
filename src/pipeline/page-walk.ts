import { ENTRY_HEADER_BYTES, entryBytesAt, entryPosition, entryStream } from './entry.js';
import type { Page } from './pages.js';
import { FRAME_HEADER_BYTES, isRecordTag, TAG_SCOPE } from './protocol.js';
import { RecordList } from './record-list.js';
import { paddedFrameBytes } from './ring.js';

const NO_SCOPE = new Uint8Array(0);
/** Distinct scopes kept as one object each: a program that makes scopes up must not fill memory. */
const MAX_KNOWN_SCOPES = 10_000;

/** Walks the records of pages, one page after the other; each stream has its own scopes. */
export class PageWalk {
  readonly #scopesByStream = new Map<number, Map<number, Uint8Array>>();
  /** One object per distinct scope, whatever stream it came from. */
  readonly #knownScopes = new Map<string, Uint8Array>();
  #page: Page | undefined;
  #at = 0;
  #entryEnd = 0;
  #stream = 0;
  #scopes = new Map<number, Uint8Array>();
  /** To be added to an offset in the page for a position in the stream. */
  #shift = 0;

  /** Offset in the page up to which everything was walked. */
  get at(): number {
    return this.#at;
  }

  begin(page: Page, at = 0): void {
    this.#page = page;
    this.#at = at;
    this.#entryEnd = at;
  }

  /** Appends the next record of the page, which may have grown; false when there is none. */
  next(records: RecordList): boolean {
    const page = this.#page;
    if (page === undefined) return false;
    const { bytes } = page;
    for (;;) {
      if (this.#at >= this.#entryEnd && !this.#beginEntry(page)) return false;
      const frame = this.#at;
      const length = bytes.readUInt32LE(frame);
      const start = frame + FRAME_HEADER_BYTES;
      const tag = bytes[frame + 4];
      this.#at += paddedFrameBytes(length);
      if (isRecordTag(tag)) {
        this.#push(records, bytes, start, start + length);
        return true;
      }
      if (tag === TAG_SCOPE) {
        const scope = this.#oneScope(bytes.subarray(start, start + length));
        this.#scopes.set(bytes.readUInt16LE(frame + 6), scope);
      }
    }
  }

  /** Takes in scopes that were defined earlier. @param entries Without records. */
  learn(entries: Buffer): void {
    this.begin({ bytes: entries, length: entries.length, spooledAt: -1 });
    this.next(new RecordList());
  }

  /** Nothing more comes from that stream. */
  forget(stream: number): void {
    this.#scopesByStream.delete(stream);
  }

  #beginEntry(page: Page): boolean {
    const at = this.#at;
    if (at >= page.length) return false;
    const { bytes } = page;
    this.#entryEnd = at + entryBytesAt(bytes, at, page.length);
    this.#at = at + ENTRY_HEADER_BYTES;
    this.#stream = entryStream(bytes, at);
    this.#shift = entryPosition(bytes, at) - this.#at;
    let scopes = this.#scopesByStream.get(this.#stream);
    if (scopes === undefined) {
      scopes = new Map();
      this.#scopesByStream.set(this.#stream, scopes);
    }
    this.#scopes = scopes;
    return true;
  }

  #push(records: RecordList, bytes: Buffer, start: number, end: number): void {
    const scope = this.#scopes.get(bytes.readUInt16LE(start - 2)) ?? NO_SCOPE;
    const index = records.add(bytes, start, end, scope);
    records.severityNumbers[index] = bytes[start - 3]!;
    records.streams[index] = this.#stream;
    records.positions[index] = start - FRAME_HEADER_BYTES + this.#shift;
  }

  #oneScope(payload: Uint8Array): Uint8Array {
    const key = Buffer.from(payload).toString('latin1');
    const known = this.#knownScopes.get(key);
    if (known !== undefined) return known;
    // A copy: the scope outlives its page.
    const scope = Buffer.from(payload);
    if (this.#knownScopes.size < MAX_KNOWN_SCOPES) this.#knownScopes.set(key, scope);
    return scope;
  }
}
