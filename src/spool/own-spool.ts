import { join } from 'node:path';
import { attempt } from '../attempt.js';
import { monotonicMs } from '../pipeline/clock.js';
import { entryBytesAt, entryPosition, entryStream } from '../pipeline/entry.js';
import { type Page, PagePool } from '../pipeline/pages.js';
import { OVERFLOW_STREAM, SPOOL_GENERATION, SPOOL_OFF } from '../pipeline/protocol.js';
import type { RecordList } from '../pipeline/record-list.js';
import { say } from '../self-report.js';
import { namesIn, touch } from './files.js';
import { mkdirSync, rmSync } from './fs.js';
import type { SpoolPlace } from './place.js';
import { writeResource } from './resource-file.js';
import { Segments } from './segments.js';
import { MARKS_FILE, SettledMarks } from './settled-marks.js';
import { SpoolFileReader } from './spool-file-reader.js';
import { parseSpoolName, spoolName } from './spool-name.js';
import { THROUGH_SUFFIX } from './write-through.js';

export const HEARTBEAT_MS = 5_000;
/** Without a heartbeat for so long we were stopped, and may be taken for dead. */
const STALE_MS = 2 * HEARTBEAT_MS;
/** What nobody has touched for 30 days is deleted from `/var/tmp` by systemd-tmpfiles, file by file. */
const REFRESH_MS = 3_600_000;

export interface OwnSpoolOptions {
  readonly place: SpoolPlace;
  readonly control: Int32Array;
  /** Entries every file begins with. */
  prelude(): Buffer;
  /** Somebody has taken us for dead, and delivers what is on disk. */
  onClaimed(): void;
  /** Default: the process's. */
  monotonicMs?(): number;
}

interface Open {
  readonly path: string;
  readonly segments: Segments;
  readonly marks: SettledMarks;
}

/**
 * What this process has drained and not delivered, on disk. Opened with the first record, removed
 * when nothing is left. Used by the exporter thread alone.
 */
export class OwnSpool {
  readonly #options: OwnSpoolOptions;
  #open: Open | undefined;
  /** Whose folder was deleted: readable while they are open. */
  #former: Segments[] = [];
  #endOffset = 0;
  #resource: Uint8Array = new Uint8Array(0);
  readonly #monotonicMs: () => number;
  #aliveAtMs: number;
  #refreshedAtMs: number;

  constructor(options: OwnSpoolOptions) {
    this.#options = options;
    this.#monotonicMs = options.monotonicMs ?? monotonicMs;
    this.#aliveAtMs = this.#monotonicMs();
    this.#refreshedAtMs = this.#aliveAtMs;
  }

  get endOffset(): number {
    return this.#endOffset;
  }

  /** On disk. */
  get bytes(): number {
    return this.#open?.segments.bytes ?? 0;
  }

  /** @param resource Encoded. */
  setResource(resource: Uint8Array): void {
    this.#resource = resource;
    if (this.#open !== undefined) writeResource(this.#open.path, resource);
  }

  prepare(): void {
    this.heartbeat(STALE_MS);
  }

  /** @throws When nothing can be kept there any more. */
  append(bytes: Buffer): number {
    this.#open ??= this.#begin();
    const offset = this.#open.segments.append(bytes);
    this.#endOffset = this.#open.segments.endOffset;
    return offset;
  }

  read(offset: number, into: Buffer): number {
    for (const segments of [this.#open?.segments, ...this.#former]) {
      const bytes = segments?.read(offset, into) ?? 0;
      if (bytes > 0) return bytes;
    }
    return 0;
  }

  /** What an application thread has put into its file for want of room in its ring. */
  *overflow(ringId: number, from: number, to: number): Iterable<Buffer> {
    const { place, control } = this.#options;
    const name = spoolName(place, Atomics.load(control, SPOOL_GENERATION));
    const reader = SpoolFileReader.open(join(place.folder, name, ringId + THROUGH_SUFFIX));
    if (reader === undefined) return;
    try {
      const pool = new PagePool();
      for (let page = reader.next(pool); page !== undefined; page = reader.next(pool)) {
        yield* entriesOf(page, ringId + OVERFLOW_STREAM, from, to);
        pool.give(page);
      }
    } finally {
      reader.close();
    }
  }

  /**
   * These records are delivered, or given up.
   *
   * @param offset Everything before it is.
   */
  settle(records: RecordList, offset: number): void {
    if (this.#open !== undefined) setMarks(this.#open.marks, records);
    for (const segments of this.#former) segments.settle(offset);
    this.#open?.segments.settle(offset);
    if (offset === this.#endOffset) {
      for (const segments of this.#former) segments.close();
      this.#former = [];
    }
  }

  /** Nothing more comes from that ring, and all of it is settled. */
  forget(ringId: number): void {
    if (this.#open === undefined) return;
    this.#open.marks.forget(ringId);
    const path = join(this.#open.path, ringId + THROUGH_SUFFIX);
    attempt(() => rmSync(path, { force: true }));
  }

  /** Shows that we live. @param leastMs Not if that was done so recently. */
  heartbeat(leastMs = 0): void {
    const nowMs = this.#monotonicMs();
    if (nowMs - this.#aliveAtMs < leastMs) return;
    this.#aliveAtMs = nowMs;
    if (this.#open === undefined) return;
    const { path } = this.#open;
    try {
      touch(path);
    } catch {
      this.#lose(this.#open);
      return;
    }
    if (nowMs - this.#refreshedAtMs < REFRESH_MS) return;
    this.#refreshedAtMs = nowMs;
    for (const name of namesIn(path)) attempt(() => touch(join(path, name)));
  }

  /** Nothing is left, and nothing more is to come: a later record begins anew. */
  remove(): void {
    const open = this.#open;
    if (open === undefined) return;
    this.#leave(open);
    open.segments.close();
    removeFolder(open.path);
  }

  /** For good: application threads write through no longer. */
  turnOff(error: unknown): void {
    say(
      'spool-failed',
      `Records are kept in memory alone from now on, for the spool cannot be written to (${String(error)}).`,
    );
    Atomics.store(this.#options.control, SPOOL_GENERATION, SPOOL_OFF);
  }

  #begin(): Open {
    const { place, control, prelude } = this.#options;
    const generation = Atomics.load(control, SPOOL_GENERATION);
    if (generation === SPOOL_OFF) throw new Error('it was switched off');
    const path = join(place.folder, spoolName(place, generation));
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const segments = new Segments(path, prelude, this.#endOffset);
    const marks = new SettledMarks(join(path, MARKS_FILE));
    writeResource(path, this.#resource);
    return { path, segments, marks };
  }

  // Claimed by one who took us for dead, and perhaps delivered already, or just deleted.
  #lose(open: Open): void {
    this.#leave(open);
    if (this.#isClaimed(open.path) || open.segments.wereEmptied) {
      open.segments.close();
      this.#options.onClaimed();
    } else this.#former.push(open.segments);
  }

  #leave(open: Open): void {
    this.#open = undefined;
    open.marks.close();
    const { control } = this.#options;
    const generation = Atomics.load(control, SPOOL_GENERATION);
    if (generation !== SPOOL_OFF) Atomics.store(control, SPOOL_GENERATION, generation + 1);
  }

  #isClaimed(path: string): boolean {
    const { folder } = this.#options.place;
    const id = parseSpoolName(path.slice(folder.length + 1))?.id;
    return namesIn(folder).some(name => parseSpoolName(name)?.id === id);
  }
}

function* entriesOf(
  { bytes, length }: Page,
  stream: number,
  from: number,
  to: number,
): Iterable<Buffer> {
  for (let at = 0; at < length; ) {
    const end = at + entryBytesAt(bytes, at, length);
    const position = entryPosition(bytes, at);
    // Those that define scopes stand nowhere.
    const isWanted = position < 0 || (position >= from && position < to);
    if (entryStream(bytes, at) === stream && isWanted) yield bytes.subarray(at, end);
    at = end;
  }
}

/**
 * With the records of the list each stream is settled up to its last one. What cannot be written
 * down, on a full disk for instance, may be delivered again.
 */
export function setMarks(marks: SettledMarks, records: RecordList): void {
  const { streams, positions, count } = records;
  for (let i = 0; i < count; i++) {
    // Most records in a row are of one stream.
    if (i + 1 === count || streams[i] !== streams[i + 1]) {
      marks.set(streams[i]!, positions[i]! + 1);
    }
  }
}

/** Nothing in it is needed. What stays is found again by those who look for orphans. */
export function removeFolder(path: string): void {
  attempt(() => rmSync(path, { recursive: true, force: true }));
}
