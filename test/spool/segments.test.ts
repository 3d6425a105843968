import { closeSync, openSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Segments } from '../../src/spool/segments.js';
import { temporaryFolder } from '../helpers/spool.js';

const test = suite('spool/segments');

const MIB = 2 ** 20;
const PRELUDE = Buffer.from('prelude');

function create(start = 0) {
  const folder = temporaryFolder();
  return { folder, segments: new Segments(folder, () => PRELUDE, start) };
}

function sizes(folder: string): number[] {
  return readdirSync(folder)
    .sort()
    .map(name => statSync(join(folder, name)).size);
}

function read(segments: Segments, offset: number, bytes: number): string {
  const into = Buffer.alloc(bytes);
  return into.toString('utf8', 0, segments.read(offset, into));
}

test('what is appended is read again by its offset', () => {
  const { segments } = create(1_000);

  assert.is(segments.append(Buffer.from('one')), 1_000);
  assert.is(segments.append(Buffer.from('two')), 1_003);
  assert.is(segments.endOffset, 1_006);
  assert.is(read(segments, 1_000, 100), 'onetwo');
  assert.is(read(segments, 1_004, 1), 'w');
  assert.is(read(segments, 1_006, 1), '');
});

test('every file begins with the prelude, also after it was emptied', () => {
  const { folder, segments } = create();
  segments.append(Buffer.from('one'));
  segments.settle(3);
  assert.equal(sizes(folder), [0]);
  segments.append(Buffer.from('two'));

  assert.is(readFileSync(join(folder, '000000000.segment'), 'utf8'), 'preludetwo');
  assert.is(read(segments, 3, 100), 'two');
});

test('files that are over are deleted, the last one emptied', () => {
  const { folder, segments } = create();
  for (let i = 0; i < 40; i++) segments.append(Buffer.alloc(MIB, i));
  assert.is(sizes(folder).length, 3);

  segments.settle(16 * MIB - 1);
  assert.is(sizes(folder).length, 3);
  segments.settle(16 * MIB);
  assert.is(sizes(folder).length, 2);
  assert.is(segments.bytes, 24 * MIB + 2 * PRELUDE.length);
  const into = Buffer.alloc(1);
  segments.read(39 * MIB, into);
  assert.is(into[0], 39);
  segments.settle(40 * MIB);
  assert.equal(sizes(folder), [0]);
});

test('a file that is in the way is not touched', () => {
  const { folder, segments } = create();
  closeSync(openSync(join(folder, '000000000.segment'), 'w'));

  assert.throws(() => segments.append(Buffer.from('one')), /EEXIST/);
  assert.is(segments.endOffset, 0);
});

test('a deleted file is read and written on', () => {
  const { folder, segments } = create();
  segments.append(Buffer.from('one'));
  rmSync(folder, { recursive: true });
  segments.append(Buffer.from('two'));

  assert.is(read(segments, 0, 100), 'onetwo');
  segments.settle(6);
  segments.close();
});

test.run();
