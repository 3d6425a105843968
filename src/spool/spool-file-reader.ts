import { ENTRY_MAGIC } from '../pipeline/entry.js';
import type { Page, PagePool } from '../pipeline/pages.js';
import { readEntries } from '../pipeline/read-entries.js';
import { openForReading, readAll } from './files.js';
import { closeSync, fstatSync } from './fs.js';

/** We write none that is as long. */
const MAX_FILE_BYTES = 128 * 1024 * 1024;
/** After a damaged place, the next whole entry is looked for so often, and so far. */
const MAX_ATTEMPTS = 64;
const MAX_SEARCHED_BYTES = 32 * 1024 * 1024;
const BLOCK_BYTES = 256 * 1024;
/** Everything in a file begins at a multiple of this. */
const ALIGNMENT_BYTES = 8;

/**
 * Reads the entries of one file that may be torn, damaged, or nothing of ours: whatever is whole, and
 * never forever.
 */
export class SpoolFileReader {
  readonly path: string;
  readonly #fd: number;
  readonly #size: number;
  #offset = 0;
  #attempts = 0;
  #searchedBytes = 0;
  #isDamaged = false;

  private constructor(path: string, fd: number, size: number) {
    this.path = path;
    this.#fd = fd;
    this.#size = size;
  }

  /** undefined when it can't be one. */
  static open(path: string): SpoolFileReader | undefined {
    let fd: number;
    try {
      fd = openForReading(path);
    } catch {
      return undefined;
    }
    const stat = fstatSync(fd);
    if (stat.isFile() && stat.size <= MAX_FILE_BYTES)
      return new SpoolFileReader(path, fd, stat.size);
    closeSync(fd);
    return undefined;
  }

  /** More than an end that is missing: a process that was killed leaves that. */
  get isDamaged(): boolean {
    return this.#isDamaged;
  }

  /** undefined at the end, or where the disk cannot be read. */
  next(pool: PagePool): Page | undefined {
    try {
      return this.#next(pool);
    } catch {
      this.#isDamaged = true;
      this.#offset = this.#size;
      return undefined;
    }
  }

  #next(pool: PagePool): Page | undefined {
    while (this.#offset < this.#size) {
      const page = this.#readAt(this.#offset, pool);
      if (page !== undefined) {
        this.#offset += page.length;
        return page;
      }
      const found = this.#search(pool);
      if (found === undefined) return undefined;
      this.#isDamaged = true;
      this.#offset = found;
    }
    return undefined;
  }

  close(): void {
    closeSync(this.#fd);
  }

  #readAt(offset: number, pool: PagePool): Page | undefined {
    return readEntries({ read: (from, into) => readAll(this.#fd, into, from) }, offset, pool);
  }

  /** Offset of the next whole entry behind the place where there is none. */
  #search(pool: PagePool): number | undefined {
    // Nothing whole at all: not torn, but foreign.
    if (this.#offset === 0) this.#isDamaged = true;
    const block = Buffer.allocUnsafe(BLOCK_BYTES);
    let at = this.#offset + ALIGNMENT_BYTES;
    while (at < this.#size && this.#searchedBytes < MAX_SEARCHED_BYTES) {
      const read = readAll(this.#fd, block, at);
      for (let i = 0; i + ALIGNMENT_BYTES <= read; i += ALIGNMENT_BYTES) {
        if (block.readUInt32LE(i) !== ENTRY_MAGIC) continue;
        if (this.#attempts++ >= MAX_ATTEMPTS) return undefined;
        const page = this.#readAt(at + i, pool);
        if (page === undefined) continue;
        pool.give(page);
        return at + i;
      }
      this.#searchedBytes += read;
      at += BLOCK_BYTES;
      if (read < BLOCK_BYTES) break;
    }
    return undefined;
  }
}
