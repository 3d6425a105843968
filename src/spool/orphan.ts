import { basename, dirname, join } from 'node:path';
import { attempt } from '../attempt.js';
import {
  ENTRY_HEADER_BYTES,
  entryBytesAt,
  entryPosition,
  entryStream,
  isSealed,
} from '../pipeline/entry.js';
import { PageWalk } from '../pipeline/page-walk.js';
import { type Page, PagePool } from '../pipeline/pages.js';
import type { RecordList } from '../pipeline/record-list.js';
import type { Expiry } from '../pipeline/supply.js';
import { Coverage } from './coverage.js';
import { namesIn, openForReading, readAll } from './files.js';
import {
  closeSync,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  truncateSync,
} from './fs.js';
import { removeFolder, setMarks } from './own-spool.js';
import { RESOURCE_FILE } from './resource-file.js';
import { SEGMENT_SUFFIX } from './segments.js';
import { MARKS_FILE, SettledMarks } from './settled-marks.js';
import { SPILL_PREFIX } from './spill.js';
import { SpoolFileReader } from './spool-file-reader.js';
import { processOf } from './spool-name.js';
import { THROUGH_SUFFIX } from './write-through.js';

/** Of one folder; the oldest stay. */
const MAX_SET_ASIDE = 16;
const MAX_RESOURCE_BYTES = 1024 * 1024;
export const SET_ASIDE_FOLDER = 'set-aside';

/** What a dead process left behind, and we have claimed: record for record, without what was delivered. */
export class Orphan {
  readonly path: string;
  /** Of the process, and which of its folders this is. */
  readonly id: string;
  /** Encoded; empty when it was lost. */
  readonly resource: Uint8Array;
  /** Set where it is to be counted, and not delivered. */
  readonly expiry: Expiry | undefined;
  readonly #pool = new PagePool();
  readonly #walk = new PageWalk();
  readonly #marks: SettledMarks;
  /** What was delivered before it was claimed. Marks move on with what is delivered since. */
  readonly #settled: ReadonlyMap<number, number>;
  /** What was in files before this one, of which this one may hold copies. */
  readonly #seen = new Coverage();
  /** What is in this one, if it was spilled: the files written through come after it. */
  #spilled = new Coverage();
  /** By stream, from where on somebody else delivers it. */
  readonly #leftFrom = new Map<number, number>();
  #files: string[];
  #reader: SpoolFileReader | undefined;
  #kind: 'segment' | 'spilled' | 'through' = 'segment';
  /** In use by what was taken and is not settled. */
  #pages: Page[] = [];
  /** Whether that is so of the last one, too. It is being walked. */
  #isLastTaken = false;
  #setAside = 0;

  /** @throws When it is not what it should be. */
  constructor(path: string, id: string, expiry?: Expiry) {
    this.path = path;
    this.id = id;
    this.expiry = expiry;
    const names = readdirSync(path).filter(name => isOwnFile(join(path, name)));
    this.#marks = new SettledMarks(join(path, MARKS_FILE));
    this.#settled = this.#marks.all();
    this.resource = attempt(() => readResource(join(path, RESOURCE_FILE))) ?? NONE;
    // Segments first: they tell which of the others are copies.
    this.#files = [SEGMENT_SUFFIX, THROUGH_SUFFIX].flatMap(suffix =>
      names.filter(name => name.endsWith(suffix)).sort(),
    );
  }

  /** Files that were no spool's, or damaged, and are kept apart for somebody to look at. */
  get setAside(): number {
    return this.#setAside;
  }

  /** From that position on the stream is delivered from elsewhere: what is here of it are copies. */
  leaveFrom(stream: number, position: number): void {
    this.#leftFrom.set(stream, position);
  }

  /** Appends the next records, at least one if there is any, until so many or so much are there. */
  take(records: RecordList, maxBytes: number, maxRecords: number): void {
    records.uidPrefix = processOf(this.id);
    // We were stopped, and taken for dead in turn: the rest is somebody else's to deliver.
    if (!existsSync(this.path)) return;
    while (records.bytes < maxBytes && records.count < maxRecords) {
      if (!this.#walk.next(records)) {
        if (!this.#nextPage()) return;
      } else if (this.#isWanted(records)) this.#isLastTaken = true;
      else records.pop();
    }
  }

  /** These are delivered, or given up. */
  settle(records: RecordList): void {
    setMarks(this.#marks, records);
    this.#isLastTaken = false;
    for (const page of this.#pages.splice(0, this.#pages.length - 1)) this.#pool.give(page);
  }

  /** Everything is settled. Its owner, should he live on, sees by his files that it was delivered. */
  remove(): void {
    this.close();
    for (const name of namesIn(this.path)) {
      if (name.endsWith(SEGMENT_SUFFIX)) attempt(() => truncateSync(join(this.path, name)));
    }
    removeFolder(this.path);
  }

  close(): void {
    this.#reader?.close();
    this.#reader = undefined;
    this.#files = [];
    this.#marks.close();
  }

  #isWanted({ streams, positions, count }: RecordList): boolean {
    const [stream, position] = [streams[count - 1]!, positions[count - 1]!];
    if (position < (this.#settled.get(stream) ?? 0)) return false;
    if (position >= (this.#leftFrom.get(stream) ?? Infinity)) return false;
    return this.#kind === 'segment' || !this.#seen.has(stream, position);
  }

  #nextPage(): boolean {
    const last = this.#isLastTaken ? undefined : this.#pages.pop();
    if (last !== undefined) this.#pool.give(last);
    this.#isLastTaken = false;
    for (;;) {
      const page = this.#reader?.next(this.#pool);
      if (page !== undefined) {
        if (this.#kind !== 'through') this.#see(page);
        this.#pages.push(page);
        this.#walk.begin(page);
        return true;
      }
      this.#endFile();
      const name = this.#files.shift();
      if (name === undefined) return false;
      this.#kind = kindOf(name);
      this.#reader = SpoolFileReader.open(join(this.path, name));
      if (this.#reader === undefined) this.#keepApart(join(this.path, name));
    }
  }

  #endFile(): void {
    if (this.#reader === undefined) return;
    this.#reader.close();
    if (this.#reader.isDamaged) this.#keepApart(this.#reader.path);
    this.#reader = undefined;
    this.#seen.addAll(this.#spilled);
    this.#spilled = new Coverage();
  }

  #see({ bytes, length }: Page): void {
    const as = this.#kind === 'segment' ? this.#seen : this.#spilled;
    for (let at = 0; at < length; ) {
      const end = at + entryBytesAt(bytes, at, length);
      const position = entryPosition(bytes, at);
      as.add(entryStream(bytes, at), position, position + end - at - ENTRY_HEADER_BYTES);
      at = end;
    }
  }

  #keepApart(path: string): void {
    this.#setAside++;
    const folder = join(dirname(this.path), SET_ASIDE_FOLDER);
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      if (readdirSync(folder).length >= MAX_SET_ASIDE) return;
      renameSync(path, join(folder, `${this.id}-${basename(path)}`));
    } catch {
      // Then it goes with the rest.
    }
  }
}

const NONE = new Uint8Array(0);

function kindOf(name: string): 'segment' | 'spilled' | 'through' {
  if (name.endsWith(THROUGH_SUFFIX)) return 'through';
  return name.startsWith(SPILL_PREFIX) ? 'spilled' : 'segment';
}

/** Neither a link, nor a pipe that nobody writes to, nor somebody else's. */
function isOwnFile(path: string): boolean {
  const stat = lstatSync(path);
  return stat.isFile() && (process.getuid === undefined || stat.uid === process.getuid());
}

function readResource(path: string): Uint8Array {
  const fd = openForReading(path);
  try {
    const { size } = fstatSync(fd);
    if (size > MAX_RESOURCE_BYTES) return NONE;
    const bytes = Buffer.alloc(size);
    const read = readAll(fd, bytes, 0);
    const length = entryBytesAt(bytes, 0, read);
    if (length === 0 || length > read || !isSealed(bytes, 0, length)) return NONE;
    return bytes.subarray(ENTRY_HEADER_BYTES, length);
  } finally {
    closeSync(fd);
  }
}
