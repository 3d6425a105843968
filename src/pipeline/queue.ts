import { ENTRY_HEADER_BYTES, sealEntry } from './entry.js';
import { PageWalk } from './page-walk.js';
import { type Page, PagePool } from './pages.js';
import { TAG_LOG } from './protocol.js';
import { RecordList } from './record-list.js';
import { paddedFrameBytes, type RingReader } from './ring.js';

/**
 * Records drained and not yet delivered, oldest first. They stay as they were drained, one copy a
 * page, until what was taken of them is settled.
 */
export class Queue {
  readonly #pool = new PagePool();
  readonly #walk = new PageWalk();
  readonly #endedStreams = new Set<number>();
  /** Oldest first. Those before `#walked` are taken, and not yet settled. */
  #pages: Page[] = [];
  #walked = 0;
  #bytes = 0;
  #addedRecords = 0;
  #takenRecords = 0;
  #settledRecords = 0;

  /** Bytes held, settled only in part included. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Records ever added. */
  get addedRecords(): number {
    return this.#addedRecords;
  }

  /** Records ever settled, on the same scale. */
  get settledRecords(): number {
    return this.#settledRecords;
  }

  /** Records that are there to be taken. */
  get waitingRecords(): number {
    return this.#addedRecords - this.#takenRecords;
  }

  /** Moves what the ring holds, as far as one entry goes; false when it holds nothing. */
  drain(stream: number, ring: RingReader): boolean {
    const leastBytes = ring.nextFrameBytes();
    if (leastBytes === 0) return false;
    const page = this.#pageWith(ENTRY_HEADER_BYTES + leastBytes);
    const start = page.length + ENTRY_HEADER_BYTES;
    const frameBytes = ring.copyInto(page.bytes, start, page.bytes.length);
    sealEntry(page.bytes, page.length, { frameBytes, stream, position: ring.position });
    page.length = start + frameBytes;
    this.#bytes += ENTRY_HEADER_BYTES + frameBytes;
    this.#addedRecords += countRecords(page.bytes, start, page.length);
    ring.release(frameBytes);
    return true;
  }

  /** Nothing more comes from that stream. */
  end(stream: number): void {
    this.#endedStreams.add(stream);
    if (this.#pages.length === 0) this.#forgetEnded();
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

  /** Gives up everything that was taken: it is delivered, or never will be. */
  settle(): void {
    this.#settledRecords = this.#takenRecords;
    const isOver = this.waitingRecords === 0;
    // Scopes may follow the last record.
    if (isOver) this.take(new RecordList(), Infinity, Infinity);
    for (; this.#walked > 0; this.#walked--) this.#giveUpFirst();
    if (!isOver) return;
    if (this.#pages.length > 0) this.#giveUpFirst();
    this.#forgetEnded();
  }

  #giveUpFirst(): void {
    const page = this.#pages.shift()!;
    this.#bytes -= page.length;
    this.#pool.give(page);
  }

  #pageWith(leastBytes: number): Page {
    const last = this.#pages.at(-1);
    // A frame is not cut: what little is left of a page stays empty.
    if (last !== undefined && last.length + leastBytes <= last.bytes.length) return last;
    const page = this.#pool.take(leastBytes);
    if (this.#pages.push(page) === 1) this.#walk.begin(page);
    return page;
  }

  #nextPage(): boolean {
    const next = this.#pages[this.#walked + 1];
    if (next === undefined) return false;
    this.#walked++;
    this.#walk.begin(next);
    return true;
  }

  #forgetEnded(): void {
    for (const stream of this.#endedStreams) this.#walk.forget(stream);
    this.#endedStreams.clear();
  }
}

function countRecords(bytes: Buffer, start: number, end: number): number {
  let records = 0;
  for (let at = start; at < end; at += paddedFrameBytes(bytes.readUInt32LE(at))) {
    if (bytes[at + 4] === TAG_LOG) records++;
  }
  return records;
}
