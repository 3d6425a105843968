import { randomUUID } from 'node:crypto';
import { cpSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { encodeResource } from '../../src/pipeline/encode-resource.js';
import { entryBytesAt } from '../../src/pipeline/entry.js';
import { Pipeline } from '../../src/pipeline/pipeline.js';
import { CONTROL_SLOTS } from '../../src/pipeline/protocol.js';
import { Queue } from '../../src/pipeline/queue.js';
import { RecordList } from '../../src/pipeline/record-list.js';
import { RingReader } from '../../src/pipeline/ring.js';
import { createRingBuffer } from '../../src/pipeline/ring-buffer.js';
import { createScopeBuffer, ScopeBook } from '../../src/pipeline/scope-book.js';
import type { Orphan } from '../../src/spool/orphan.js';
import { OwnSpool } from '../../src/spool/own-spool.js';
import { WriteThrough } from '../../src/spool/write-through.js';
import { logRecord } from '../helpers/log-records.js';

const RING_BYTES = 2 ** 16;
const STREAM = 3;
export const SEGMENT = '000000000.segment';
export const THROUGH = `${STREAM}.through`;
const FILES: readonly string[] = [SEGMENT, THROUGH];
const INFO = { severityNumber: 9, severityText: 'INFO' };
const ERROR = { severityNumber: 17, severityText: 'ERROR' };
const RECORDS_AT_ONCE = 4;
/** Far more than any spool made here has records. */
const MAX_TAKES = 1_000;

const parent = mkdtempSync(join(tmpdir(), 'otel-register-fuzz-'));
process.once('exit', () => rmSync(parent, { recursive: true, force: true }));
let made = 0;

export function newFolder(): string {
  const folder = join(parent, String(made++));
  mkdirSync(folder);
  return folder;
}

/** One entry as it stands in a file, and the numbers of its records. */
interface WrittenEntry {
  readonly file: string;
  readonly start: number;
  readonly bytes: Buffer;
  readonly numbers: readonly number[];
}

export interface LeftSpoolOptions {
  /** Records that the exporter thread has taken, two at a time. */
  readonly drained: number;
  /** Records that it has not, of which ERROR ones are in a file nevertheless: every third one. */
  readonly undrained: number;
  /** Records that were delivered. */
  readonly settled: number;
}

/** What a process that was killed has left. Its records are numbered from 0. */
export class LeftSpool {
  readonly path: string;
  readonly name: string;
  readonly #entries: readonly WrittenEntry[];
  readonly #settled: number;
  readonly #marks: Buffer;

  /** Written by the code that writes spools, both halves of it. */
  constructor(options: LeftSpoolOptions) {
    this.path = writeSpool(options);
    this.name = basename(this.path);
    this.#entries = FILES.flatMap(file => entriesOf(file, this.read(file)));
    this.#settled = options.settled;
    this.#marks = this.read('settled');
  }

  read(file: string): Buffer {
    return readFileSync(join(this.path, file));
  }

  /** To be damaged. @returns Its path. */
  copyTo(folder: string): string {
    const copy = join(folder, this.name);
    cpSync(this.path, copy, { recursive: true });
    return copy;
  }

  /** Numbers of the records that stand in an entry that is whole in this copy, ascending. */
  wholeIn(copy: string): number[] {
    const [marks, ...files] = ['settled', ...FILES].map(file => contentOf(join(copy, file)));
    const whole = this.#entries.filter(({ file, start, bytes }) =>
      files[FILES.indexOf(file)]!.subarray(start, start + bytes.length).equals(bytes),
    );
    const numbers = new Set(whole.flatMap(entry => entry.numbers));
    const settled = marks!.equals(this.#marks) ? this.#settled : 0;
    return [...numbers].filter(n => n >= settled).sort((a, b) => a - b);
  }
}

function writeSpool({ drained, undrained, settled }: LeftSpoolOptions): string {
  const place = { folder: newFolder(), stem: randomUUID() };
  const control = new SharedArrayBuffer(CONTROL_SLOTS * 4);
  const slots = new Int32Array(control);
  const scopes = new ScopeBook(createScopeBuffer());
  const prelude = () => scopes.entries();
  const spool = new OwnSpool({ place, control: slots, prelude, onClaimed: () => {} });
  spool.setResource(encodeResource({ 'service.name': 'fuzzed' }));
  const to = new WriteThrough({
    control: slots,
    stream: STREAM,
    maxSpoolBytes: 2 ** 28,
    place: () => place,
    prepare: () => {},
  });
  const ring = createRingBuffer(RING_BYTES);
  const pipeline = new Pipeline({ control, ring, through: { severity: 17, to }, start() {} });
  const reader = new RingReader(ring);
  const queue = new Queue({ scopes, spool });

  for (let n = 0; n < drained + undrained; n++) {
    pipeline.write(logRecord({ body: `n=${n};`, ...(n % 3 === 2 ? ERROR : INFO) }));
    if (n < drained && n % 2 === 1) while (queue.drain(STREAM, reader));
  }
  const records = new RecordList();
  queue.take(records, Infinity, settled);
  queue.settle(records);
  return join(place.folder, `${place.stem}.0`);
}

function entriesOf(file: string, bytes: Buffer): WrittenEntry[] {
  const entries: WrittenEntry[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = start + entryBytesAt(bytes, start, bytes.length);
    const numbers = numbersIn(bytes, start, end);
    entries.push({ file, start, bytes: bytes.subarray(start, end), numbers });
    start = end;
  }
  return entries;
}

function contentOf(path: string): Buffer {
  const isFile = lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  return isFile ? readFileSync(path) : Buffer.alloc(0);
}

/** @throws When it goes on for ever. @returns Numbers of its records, in the order of delivery. */
export function deliver(orphan: Orphan): number[] {
  const numbers: number[] = [];
  for (let takes = 0; takes < MAX_TAKES; takes++) {
    const records = new RecordList();
    orphan.take(records, Infinity, RECORDS_AT_ONCE);
    if (records.count === 0) {
      orphan.remove();
      return numbers;
    }
    for (let i = 0; i < records.count; i++) {
      numbers.push(...numbersIn(records.page(i), records.starts[i]!, records.ends[i]!));
    }
    orphan.settle(records);
  }
  throw new Error('It never ends.');
}

function numbersIn(bytes: Buffer, start: number, end: number): number[] {
  const text = bytes.toString('latin1', start, end);
  return [...text.matchAll(/n=(\d+);/g)].map(([, digits]) => Number(digits));
}
