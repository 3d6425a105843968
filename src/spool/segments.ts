import { join } from 'node:path';
import { attempt } from '../attempt.js';
import { createFile, readAll, writeAll } from './files.js';
import { closeSync, fstatSync, ftruncateSync, unlinkSync } from './fs.js';

/** A file is closed at this size: what was delivered is given back to the disk file by file. */
const SEGMENT_BYTES = 16 * 1024 * 1024;
export const SEGMENT_SUFFIX = '.segment';

interface Segment {
  readonly fd: number;
  readonly path: string;
  /** Offset of its first byte behind the prelude. */
  start: number;
  bytes: number;
  /** What it begins with beside what was appended. */
  preludeBytes: number;
}

/**
 * Bytes on disk under one offset that counts up for ever, across files and truncations. Written by
 * one thread, and truncated by it alone.
 */
export class Segments {
  readonly #folder: string;
  readonly #prelude: () => Buffer;
  #segments: Segment[] = [];
  #created = 0;
  #end: number;

  /**
   * @param prelude What every file has to begin with, to be readable alone.
   * @param start Offset of the first byte that will be appended.
   */
  constructor(folder: string, prelude: () => Buffer, start = 0) {
    this.#folder = folder;
    this.#prelude = prelude;
    this.#end = start;
  }

  /** Of the byte that is appended next. */
  get endOffset(): number {
    return this.#end;
  }

  /** On disk. */
  get bytes(): number {
    let bytes = 0;
    for (const segment of this.#segments) bytes += segment.preludeBytes + segment.bytes;
    return bytes;
  }

  /**
   * @returns Offset of the first byte.
   * @throws When it cannot be kept; then nothing of it is.
   */
  append(bytes: Buffer): number {
    const segment = this.#writable();
    if (segment.bytes + segment.preludeBytes === 0) {
      const prelude = this.#prelude();
      writeAll(segment.fd, prelude, 0);
      segment.preludeBytes = prelude.length;
    }
    writeAll(segment.fd, bytes, segment.preludeBytes + segment.bytes);
    segment.bytes += bytes.length;
    const offset = this.#end;
    this.#end += bytes.length;
    return offset;
  }

  /** Somebody else has emptied a file: whoever claims a spool does so when all is delivered. */
  get wereEmptied(): boolean {
    return this.#segments.some(({ fd, bytes }) => bytes > 0 && fstatSync(fd).size === 0);
  }

  /** What one file holds from that offset on, as far as it fits. @returns Bytes read. */
  read(offset: number, into: Buffer): number {
    for (const { fd, start, bytes, preludeBytes } of this.#segments) {
      if (offset < start || offset >= start + bytes) continue;
      const room = into.subarray(0, Math.min(into.length, start + bytes - offset));
      try {
        return readAll(fd, room, preludeBytes + offset - start);
      } catch {
        // A disk with errors: as if it were gone.
        return 0;
      }
    }
    return 0;
  }

  /** Nothing before that offset is needed any more. */
  settle(offset: number): void {
    while (this.#segments.length > 1 && endOf(this.#segments[0]!) <= offset) {
      const { fd, path } = this.#segments.shift()!;
      closeSync(fd);
      attempt(() => unlinkSync(path));
    }
    const [last] = this.#segments;
    if (last === undefined || last.bytes === 0 || endOf(last) > offset) return;
    attempt(() => ftruncateSync(last.fd, 0));
    last.start += last.bytes;
    last.bytes = 0;
    last.preludeBytes = 0;
  }

  close(): void {
    for (const { fd } of this.#segments) attempt(() => closeSync(fd));
    this.#segments = [];
  }

  #writable(): Segment {
    const last = this.#segments.at(-1);
    if (last !== undefined && last.bytes < SEGMENT_BYTES) return last;
    const path = join(this.#folder, String(this.#created++).padStart(9, '0') + SEGMENT_SUFFIX);
    const segment = { fd: createFile(path), path, start: this.#end, bytes: 0, preludeBytes: 0 };
    this.#segments.push(segment);
    return segment;
  }
}

function endOf({ start, bytes }: Segment): number {
  return start + bytes;
}
