/** Of a page; an entry that is longer gets a page of its own. */
export const PAGE_BYTES = 256 * 1024;
/** More are given back to the system: it was a burst. */
const MAX_FREE_PAGES = 16;

/** Entries one behind the other. */
export interface Page {
  readonly bytes: Buffer;
  /** Up to where it is written. */
  length: number;
  /** Where the spool holds the same bytes; -1 for nowhere. */
  spooledAt: number;
}

/**
 * Pages that are used again: what drains a ring would otherwise allocate as much as the program
 * logs, outside V8's heap, where nothing hurries its collection.
 */
export class PagePool {
  readonly #free: Buffer[] = [];

  take(leastBytes: number): Page {
    const isOrdinary = leastBytes <= PAGE_BYTES;
    const bytes =
      (isOrdinary ? this.#free.pop() : undefined) ??
      Buffer.allocUnsafeSlow(Math.max(leastBytes, PAGE_BYTES));
    return { bytes, length: 0, spooledAt: -1 };
  }

  give({ bytes }: Page): void {
    if (bytes.length === PAGE_BYTES && this.#free.length < MAX_FREE_PAGES) this.#free.push(bytes);
  }
}
