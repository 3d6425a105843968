import {
  closeSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { attempt } from '../../src/attempt.js';
import { Pipeline } from '../../src/pipeline/pipeline.js';
import { CONTROL_SLOTS, SPOOL_GENERATION, SPOOL_OFF } from '../../src/pipeline/protocol.js';
import { RingReader } from '../../src/pipeline/ring.js';
import { createRingBuffer } from '../../src/pipeline/ring-buffer.js';
import { ERROR, INFO } from '../../src/severity.js';
import { Orphan } from '../../src/spool/orphan.js';
import { WriteThrough } from '../../src/spool/write-through.js';
import { takeChunk } from '../helpers/frames.js';
import { logRecord } from '../helpers/log-records.js';
import { readAllRecords, STEM, temporaryFolder } from '../helpers/spool.js';

const test = suite('spool/write-through');

function create(ringBytes = 65_536, onPrepare = () => {}, maxSpoolBytes = 2 ** 28) {
  const folder = temporaryFolder();
  const control = new SharedArrayBuffer(CONTROL_SLOTS * 4);
  const slots = new Int32Array(control);
  const ring = createRingBuffer(ringBytes);
  const prepared: string[] = [];
  let nowMs = 0;
  const to = new WriteThrough({
    control: slots,
    stream: 3,
    maxSpoolBytes,
    place: () => ({ folder, stem: STEM }),
    prepare: path => {
      prepared.push(path);
      onPrepare();
    },
    monotonicMs: () => nowMs,
  });
  const through = { severity: ERROR, to };
  const pipeline = new Pipeline({ control, ring, through, start: () => {} });
  const wait = (ms: number) => {
    nowMs += ms;
  };
  return { folder, slots, ring, reader: new RingReader(ring), pipeline, prepared, wait };
}

function log(pipeline: Pipeline, body: string, severityNumber: number): void {
  pipeline.write(logRecord({ body, severityNumber }));
}

function spooled(folder: string, generation = 0) {
  return readAllRecords(new Orphan(join(folder, `${STEM}.${generation}`), 'id'));
}

function size(folder: string): number {
  return statSync(join(folder, `${STEM}.0`, '3.through')).size;
}

test('what is severe enough is on disk when the call returns, with its scope', () => {
  const { folder, pipeline, prepared } = create();
  log(pipeline, 'info', INFO);
  assert.equal(readdirSync(folder), []);
  log(pipeline, 'error', ERROR);

  const [record, ...others] = spooled(folder);
  assert.is(others.length, 0);
  assert.ok(record!.text.includes('error'));
  assert.ok(record!.scope.includes('test'));
  assert.is(record!.stream, 3);
  assert.equal(prepared, [join(folder, `${STEM}.0`)]);
});

test('without its resource an ERROR is on disk all the same', () => {
  const { folder, pipeline } = create(65_536, () => {
    throw new Error('EMFILE');
  });
  log(pipeline, 'error', ERROR);

  assert.is(spooled(folder).length, 1);
});

test('on disk it has the position that it has in the ring', () => {
  const { folder, pipeline, reader } = create();
  log(pipeline, 'info', INFO);
  takeChunk(reader);
  const { position } = reader;
  log(pipeline, 'error', ERROR);

  assert.is(spooled(folder)[0]!.position, position);
});

test('the file begins anew when all of it is on disk elsewhere', () => {
  const { folder, pipeline, reader } = create(2 ** 20);
  const text = 'x'.repeat(1_000);
  for (let i = 0; i < 100; i++) log(pipeline, text, ERROR);
  const before = size(folder);
  assert.ok(before > 100_000);
  log(pipeline, text, ERROR);
  assert.ok(size(folder) > before);
  takeChunk(reader);
  log(pipeline, 'after', ERROR);

  assert.ok(size(folder) < 1_000);
  assert.ok(spooled(folder)[0]!.scope.includes('test'));
});

test('where the spool may hold little, the file begins anew before it is full for good', () => {
  const { folder, pipeline, reader } = create(2 ** 20, undefined, 2 ** 16);
  for (let i = 0; i < 100; i++) log(pipeline, 'x'.repeat(1_000), ERROR);
  assert.ok(size(folder) < 10_000);
  takeChunk(reader);
  log(pipeline, 'after', ERROR);

  assert.ok(spooled(folder)[0]!.text.includes('after'));
});

test('a new generation has a file of its own', () => {
  const { folder, pipeline, slots } = create();
  log(pipeline, 'first', ERROR);
  slots[SPOOL_GENERATION] = 1;
  log(pipeline, 'second', ERROR);

  assert.ok(spooled(folder, 0)[0]!.text.includes('first'));
  assert.ok(spooled(folder, 1)[0]!.text.includes('second'));
});

const withProc = existsSync('/proc/self/fd') ? test : test.skip;
if (withProc === test.skip) console.log('Skipped: without /proc no descriptor is found.');

withProc('a write that fails does not throw, and is tried again after a second', () => {
  const { folder, pipeline, wait } = create();
  log(pipeline, 'first', ERROR);
  closeSync(descriptorOf(join(folder, `${STEM}.0`, '3.through')));
  log(pipeline, 'failing', ERROR);
  wait(999);
  log(pipeline, 'too early', ERROR);
  wait(1);
  log(pipeline, 'again', ERROR);
  log(pipeline, 'and on', ERROR);

  const records = spooled(folder);
  assert.equal(
    records.map(({ text }) => /first|failing|too early|again|and on/.exec(text)?.[0]),
    ['first', 'again', 'and on'],
  );
  assert.ok(records.every(({ scope }) => scope.includes('test')));
});

function descriptorOf(path: string): number {
  const isIt = (fd: string) => readlinkSync(`/proc/self/fd/${fd}`) === path;
  return Number(readdirSync('/proc/self/fd').find(fd => attempt(() => isIt(fd))));
}

test('a file that could not be opened is tried again, and no folder made again', () => {
  const { folder, pipeline, wait } = create();
  const [own, through] = [join(folder, `${STEM}.0`), join(folder, `${STEM}.0`, '3.through')];
  mkdirSync(through, { recursive: true });
  log(pipeline, 'first', ERROR);
  wait(1_000);
  rmSync(own, { recursive: true });
  log(pipeline, 'second', ERROR);
  assert.equal(readdirSync(folder), []);
  wait(1_000);
  mkdirSync(own);
  log(pipeline, 'third', ERROR);

  assert.is(spooled(folder).length, 1);
});

test('without a spool nothing is written', () => {
  const { folder, pipeline, slots } = create();
  slots[SPOOL_GENERATION] = SPOOL_OFF;
  log(pipeline, 'error', ERROR);

  assert.equal(readdirSync(folder), []);
});

test('what finds no room in the ring is on disk, and nothing is dropped', () => {
  const { folder, pipeline, reader } = create(4_096);
  const text = 'x'.repeat(1_000);
  for (let i = 0; i < 10; i++) log(pipeline, `${i}${text}`, INFO);

  const onDisk = spooled(folder).map(record => /\d(?=x)/.exec(record.text)![0]);
  assert.equal(onDisk, ['3', '4', '5', '6', '7', '8', '9']);
  assert.is(reader.takeDropped(), 0);
  assert.equal(reader.unreadOverflow(), { from: 0, to: 7 });
});

test.run();
