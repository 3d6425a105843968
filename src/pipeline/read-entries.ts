import { ENTRY_HEADER_BYTES, entryBytesAt, isIntactEntry } from './entry.js';
import { PAGE_BYTES, type Page, type PagePool } from './pages.js';

/** Whole entries from there on, as many as a page takes; undefined when there are none. */
export function readEntries(
  spool: { read(offset: number, into: Buffer): number },
  offset: number,
  pool: PagePool,
): Page | undefined {
  for (let bytes = PAGE_BYTES; ; ) {
    const page = pool.take(bytes);
    const read = spool.read(offset, page.bytes);
    page.length = intactBytes(page.bytes, read);
    page.spooledAt = offset;
    if (page.length > 0) return page;
    // One that is longer than a page.
    const wanted = entryBytesAt(page.bytes, 0, read);
    pool.give(page);
    if (wanted <= read || read < ENTRY_HEADER_BYTES || wanted <= bytes) return undefined;
    bytes = wanted;
  }
}

function intactBytes(bytes: Buffer, end: number): number {
  let at = 0;
  for (;;) {
    const length = entryBytesAt(bytes, at, end);
    if (length === 0 || at + length > end || !isIntactEntry(bytes, at, length)) return at;
    at += length;
  }
}
