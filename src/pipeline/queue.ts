import { ENTRY_HEADER_BYTES, sealEntry } from './entry.js';
import { countRecords } from './frames.js';
import { PageWalk } from './page-walk.js';
import { type Page, PagePool } from './pages.js';
import { OVERFLOW_STREAM } from './protocol.js';
import type { QueueOptions } from './queue-options.js';
import { readEntries } from './read-entries.js';
import { RecordList } from './record-list.js';
import type { RingReader } from './ring.js';
import { keepSevere, type SeverityFilter } from './severity-filter.js';

/** With a spool, only so much of what waits is in memory as well. */
const SPOOLED_PAGES = 12;

/**
 * Records drained and not yet delivered, oldest first. They stay as they were drained, one copy a
 * page, until what was taken of them is settled. With a spool all of it is on disk, and memory holds
 * only the oldest pages.
 */
export class Queue {
  readonly #options: QueueOptions;
  readonly #pool = new PagePool();
  readonly #walk = new PageWalk();
  readonly #endedStreams = new Set<number>();
  #mayAppend: boolean;
  /** Of those ever added, so many are on disk, or were. */
  #savedRecords: number;
  /** Oldest first. Those before `#walked` are taken, and not yet settled. */
  #pages: Page[] = [];
  #walked = 0;
  /** What follows the pages is on disk alone: from which offset on, and how much it is. */
  #behind: { offset: number; records: number } | undefined;
  /** Through which it gets there. */
  #staging: Page | undefined;
  /** What follows that, when the spool had failed meanwhile. */
  #tail: Page[] = [];
  #bytes = 0;
  #addedRecords = 0;
  #takenRecords = 0;
  #settledRecords = 0;

  constructor(options: QueueOptions) {
    this.#options = options;
    this.#mayAppend = options.spool !== undefined;
    this.#savedRecords = this.#mayAppend ? Infinity : 0;
    // What a predecessor has learned.
    this.#walk.learn(options.scopes.entries());
  }

  /** Held in memory, settled only in part included. */
  get bytes(): number {
    return this.#bytes;
  }

  get addedRecords(): number {
    return this.#addedRecords;
  }

  /** On the same scale: records ever added, and ever settled. */
  get settledRecords(): number {
    return this.#settledRecords;
  }

  /** Records that are there to be taken. */
  get waitingRecords(): number {
    return this.#addedRecords - this.#takenRecords;
  }

  /** Records that are neither settled nor on disk: what an application thread wrote through included. */
  get unsavedRecords(): number {
    return Math.max(0, this.#addedRecords - Math.max(this.#settledRecords, this.#savedRecords));
  }

  /** What is added is on disk. */
  get isSpooled(): boolean {
    return this.#mayAppend;
  }

  /** Moves what the ring holds, as far as one entry goes; false when it holds nothing. */
  drain(stream: number, ring: RingReader, filter?: SeverityFilter): boolean {
    const leastBytes = ring.nextFrameBytes();
    if (leastBytes === 0) return false;
    this.#options.spool?.prepare();
    const page = this.#pageFor(ENTRY_HEADER_BYTES + leastBytes);
    const from = page.length;
    const start = from + ENTRY_HEADER_BYTES;
    const frameBytes = ring.copyInto(page.bytes, start, page.bytes.length);
    sealEntry(page.bytes, from, { frameBytes, stream, position: ring.position });
    page.length = start + frameBytes;
    if (filter !== undefined) keepSevere(page, from, filter);
    this.#keep(page, from);
    ring.release(frameBytes);
    return true;
  }

  /** A whole entry, from elsewhere than a ring. */
  add(entry: Buffer): void {
    this.#options.spool?.prepare();
    const page = this.#pageFor(entry.length);
    const from = page.length;
    page.bytes.set(entry, from);
    page.length += entry.length;
    this.#keep(page, from);
  }

  /** Nothing more comes from that stream. */
  end(stream: number): void {
    this.#endedStreams.add(stream).add(stream + OVERFLOW_STREAM);
    if (this.waitingRecords === 0) this.#forgetEnded();
  }

  /**
   * Appends the oldest records, at least one if there is any, until so many or so much are there.
   * They are the queue's until they are settled.
   */
  take(records: RecordList, maxBytes: number, maxRecords: number): void {
    while (records.bytes < maxBytes && records.count < maxRecords) {
      if (this.#walk.next(records)) this.#takenRecords++;
      else if (!this.#nextPage()) return;
    }
  }

  /** Gives up what was taken: it is delivered, or never will be. */
  settle(records: RecordList): void {
    this.#settledRecords = this.#takenRecords;
    const isOver = this.waitingRecords === 0;
    // Scopes may follow the last record.
    if (isOver) this.take(new RecordList(), Infinity, Infinity);
    const offset = isOver ? this.#options.spool?.endOffset : this.#walkedOffset();
    for (; this.#walked > 0; this.#walked--) this.#giveUpFirst();
    if (isOver && this.#pages.length > 0) this.#giveUpFirst();
    this.#options.spool?.settle(records, offset ?? 0);
    if (isOver) this.#forgetEnded();
  }

  /** What is on disk alone is somebody else's to deliver. */
  forgetBehind(): void {
    if (this.#behind === undefined) return;
    this.#takenRecords += this.#behind.records;
    this.#endBehind();
  }

  #pageFor(bytes: number): Page {
    const { spool } = this.#options;
    if (this.#behind === undefined) {
      const page = this.#lastOf(this.#pages, bytes, this.#mayAppend ? SPOOLED_PAGES : Infinity);
      if (page !== undefined) return page;
      this.#behind = { offset: spool!.endOffset, records: 0 };
    }
    if (!this.#mayAppend) return this.#lastOf(this.#tail, bytes, Infinity)!;
    if ((this.#staging?.bytes.length ?? 0) < bytes) this.#staging = this.#pool.take(bytes);
    this.#staging!.length = 0;
    this.#staging!.spooledAt = -1;
    return this.#staging!;
  }

  // A frame is not cut: what little is left of a page stays empty.
  #lastOf(pages: Page[], bytes: number, maxPages: number): Page | undefined {
    const last = pages.at(-1);
    if (last && last.length + bytes <= last.bytes.length) return last;
    if (pages.length >= maxPages) return undefined;
    const page = this.#pool.take(bytes);
    pages.push(page);
    if (page === this.#pages[0]) this.#walk.begin(page);
    return page;
  }

  // The page's entries from there on are new.
  #keep(page: Page, from: number): void {
    if (page.length === from) return;
    const records = countRecords(page, from, (stream, at) =>
      this.#options.scopes.add(stream, page.bytes, at),
    );
    if (this.#mayAppend) this.#append(page, from);
    this.#addedRecords += records;
    if (page === this.#staging) this.#behind!.records += records;
    else this.#bytes += page.length - from;
  }

  #append(page: Page, from: number): void {
    try {
      const offset = this.#options.spool!.append(page.bytes.subarray(from, page.length));
      if (page.spooledAt === -1) page.spooledAt = offset - from;
    } catch (error) {
      this.#mayAppend = false;
      this.#savedRecords = this.#addedRecords;
      if (page === this.#staging) {
        this.#tail.push(page);
        this.#staging = undefined;
      }
      this.#options.onSpoolFailed?.(error);
    }
  }

  #nextPage(): boolean {
    const next = this.#pages.length === 0 ? 0 : this.#walked + 1;
    if (next >= this.#pages.length && !this.#loadBehind()) return false;
    this.#walked = next;
    this.#walk.begin(this.#pages[next]!);
    return true;
  }

  #loadBehind(): boolean {
    if (this.#behind === undefined) return false;
    const page = readEntries(this.#options.spool!, this.#behind.offset, this.#pool);
    if (page !== undefined) {
      this.#behind.offset += page.length;
      this.#behind.records -= countRecords(page);
      this.#bytes += page.length;
      this.#pages.push(page);
      return true;
    }
    const { records } = this.#behind;
    if (records > 0) this.#options.onLost?.(records);
    this.#takenRecords += records;
    return this.#endBehind();
  }

  #endBehind(): boolean {
    this.#behind = undefined;
    if (this.#staging !== undefined) this.#pool.give(this.#staging);
    this.#staging = undefined;
    this.#pages.push(...this.#tail);
    const hasMore = this.#tail.length > 0;
    this.#tail = [];
    return hasMore;
  }

  #walkedOffset(): number | undefined {
    const page = this.#pages[this.#walked];
    return page === undefined || page.spooledAt === -1 ? undefined : page.spooledAt + this.#walk.at;
  }

  #giveUpFirst(): void {
    const page = this.#pages.shift()!;
    this.#bytes -= page.length;
    this.#pool.give(page);
  }

  #forgetEnded(): void {
    for (const stream of this.#endedStreams) {
      this.#walk.forget(stream);
      this.#options.scopes.forget(stream);
      this.#options.spool?.forget(stream);
    }
    this.#endedStreams.clear();
  }
}
