import { attempt } from '../attempt.js';
import {
  atomicLoad,
  copyBytes,
  mapClear,
  mapGet,
  mapSet,
  partOfBytes,
} from '../convert/intrinsics.js';
import { monotonicMs } from '../pipeline/clock.js';
import { ENTRY_HEADER_BYTES, sealEntry } from '../pipeline/entry.js';
import { OVERFLOW_STREAM, SPOOL_GENERATION, SPOOL_OFF } from '../pipeline/protocol.js';
import type { RingWriter } from '../pipeline/ring.js';
import { openOwnFile, writeAll } from './files.js';
import { closeSync, fstatSync, ftruncateSync, mkdirSync } from './fs.js';
import { type SpoolPlace, under } from './place.js';
import { spoolName } from './spool-name.js';

const { ceil, min } = Math;
const { allocUnsafeSlow: newScratch } = Buffer;

export const THROUGH_SUFFIX = '.through';
/** From here on it is worth looking whether the file may begin anew. */
const LARGE_BYTES = 64 * 1024;
/** Where the exporter takes nothing, for whatever reason, this is enough. */
const MAX_BYTES = 32 * 1024 * 1024;
/** The exporter thread's files take the most of what the spool may. */
export const THROUGH_SHARE = 1 / 8;
/** A frame has 16 bits for its scope's id. */
const MAX_SCOPES = 65_536;
const ALIGNMENT_BYTES = 8;
/** A full disk passes, and must not cost an attempt with each record until then. */
const RETRY_MS = 1_000;
/** No record stands there. */
const NOWHERE = -1;

export interface WriteThroughOptions {
  readonly control: Int32Array;
  /** Number of this thread's ring. */
  readonly stream: number;
  readonly maxSpoolBytes: number;
  place(): SpoolPlace | undefined;
  /** In a folder that is new: says whose records these will be. */
  prepare(path: string): void;
  /** Default: the process's. */
  monotonicMs?(): number;
}

/** One frame, and the one that defines its scope. */
export interface ThroughFrame {
  readonly bytes: Buffer;
  readonly at: number;
  readonly length: number;
  readonly scopeId: number;
  readonly scopeFrame: Uint8Array | undefined;
}

/**
 * Puts records into the kernel's hands before the call that logs them returns: in a file of this
 * thread's own, beside what the exporter thread writes. They go through the ring as well; whoever
 * reads both takes the same stream and position for the same record. What finds no room in the ring
 * goes there alone.
 */
export class WriteThrough {
  readonly #options: WriteThroughOptions;
  readonly #maxBytes: number;
  /** By stream and id. An id that is used again has another frame. */
  readonly #scopesInFile = new Map<unknown, unknown>();
  #generation: number | undefined;
  #fd: number | undefined;
  #length = 0;
  #lastPosition = 0;
  readonly #monotonicMs: () => number;
  #retryAtMs = Infinity;
  #scratch = newScratch(4096);

  constructor(options: WriteThroughOptions) {
    this.#options = options;
    this.#monotonicMs = options.monotonicMs ?? monotonicMs;
    this.#maxBytes = min(MAX_BYTES, options.maxSpoolBytes * THROUGH_SHARE);
  }

  /**
   * A frame that is in the ring as well. Never throws.
   *
   * @param ring With that frame committed last.
   */
  write(frame: ThroughFrame, ring: RingWriter): void {
    const { stream } = this.#options;
    if (this.#put(frame, stream, ring.lastPosition, ring)) {
      this.#lastPosition = ring.lastPosition + frame.length;
    }
  }

  /**
   * A frame that found no room in the ring. Never throws.
   *
   * @returns Whether it is on disk; the exporter is to be told.
   */
  overflow(frame: ThroughFrame, ring: RingWriter): boolean {
    const stream = this.#options.stream + OVERFLOW_STREAM;
    if (!this.#put(frame, stream, ring.overflowed, ring)) return false;
    ring.countOverflowed();
    return true;
  }

  #put(frame: ThroughFrame, stream: number, position: number, ring: RingWriter): boolean {
    try {
      const generation = atomicLoad(this.#options.control, SPOOL_GENERATION);
      if (generation !== this.#generation) this.#begin(generation);
      else if (this.#fd === undefined) this.#tryAgain(generation);
      if (this.#fd === undefined) return false;
      if (this.#length > min(LARGE_BYTES, this.#maxBytes)) this.#maybeBeginAnew(this.#fd, ring);
      if (this.#length > this.#maxBytes) return false;

      const length = this.#compose(frame, stream, position);
      writeAll(this.#fd, partOfBytes(this.#scratch, 0, length), this.#length);
      this.#length += length;
      mapSet(this.#scopesInFile, stream * MAX_SCOPES + frame.scopeId, frame.scopeFrame);
      return true;
    } catch {
      // A full disk, a folder that is gone. The exporter will say it.
      this.#close();
      this.#retryAtMs = this.#monotonicMs() + RETRY_MS;
      return false;
    }
  }

  // What the exporter has taken is on disk there, or delivered.
  #maybeBeginAnew(fd: number, ring: RingWriter): void {
    if (!ring.isReadUpTo(this.#lastPosition) || !ring.isOverflowRead()) return;
    ftruncateSync(fd, 0);
    this.#length = 0;
    mapClear(this.#scopesInFile);
  }

  #begin(generation: number): void {
    this.#close();
    this.#generation = generation;
    this.#retryAtMs = Infinity;
    const path = this.#path(generation);
    if (path === undefined) return;
    mkdirSync(path, { recursive: true, mode: 0o700 });
    this.#open(path);
  }

  // Where the folder is gone, the exporter thread will find so, and begin another. Made anew, it
  // would hide that somebody has claimed it.
  #tryAgain(generation: number): void {
    if (this.#monotonicMs() < this.#retryAtMs) return;
    this.#open(this.#path(generation)!);
  }

  #path(generation: number): string | undefined {
    const place = generation === SPOOL_OFF ? undefined : this.#options.place();
    return place && under(place.folder, spoolName(place, generation));
  }

  #open(path: string): void {
    this.#fd = openOwnFile(under(path, this.#options.stream + THROUGH_SUFFIX));
    // It is there already if nothing could be written for a while.
    this.#length = ceil(fstatSync(this.#fd).size / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
    try {
      this.#options.prepare(path);
    } catch {
      // No further file may be opened, say. Records of unknown origin are better than none.
    }
  }

  #close(): void {
    // The application may have closed whatever was open.
    if (this.#fd !== undefined) attempt(() => closeSync(this.#fd!));
    this.#fd = undefined;
    this.#length = 0;
    mapClear(this.#scopesInFile);
  }

  #compose(
    { bytes, at, length, scopeId, scopeFrame }: ThroughFrame,
    stream: number,
    position: number,
  ): number {
    const isKnown = mapGet(this.#scopesInFile, stream * MAX_SCOPES + scopeId) === scopeFrame;
    const scope = isKnown ? undefined : scopeFrame;
    const scopeBytes = scope === undefined ? 0 : ENTRY_HEADER_BYTES + scope.length;
    const total = scopeBytes + ENTRY_HEADER_BYTES + length;
    if (total > this.#scratch.length) this.#scratch = newScratch(total * 2);

    const scratch = this.#scratch;
    if (scope !== undefined) {
      copyBytes(scratch, scope, ENTRY_HEADER_BYTES);
      sealEntry(scratch, 0, { frameBytes: scope.length, stream, position: NOWHERE });
    }
    copyBytes(scratch, partOfBytes(bytes, at, at + length), scopeBytes + ENTRY_HEADER_BYTES);
    sealEntry(scratch, scopeBytes, { frameBytes: length, stream, position });
    return total;
  }
}
