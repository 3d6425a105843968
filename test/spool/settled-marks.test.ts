import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { SettledMarks } from '../../src/spool/settled-marks.js';
import { temporaryFolder } from '../helpers/spool.js';

const test = suite('spool/settled-marks');

test('marks are there for whoever comes after', () => {
  const path = join(temporaryFolder(), 'settled');
  const marks = new SettledMarks(path);
  marks.set(0, 10);
  marks.set(7, 2 ** 40);
  marks.set(0, 20);
  marks.close();

  const again = new SettledMarks(path);
  assert.equal([again.of(0), again.of(7), again.of(8)], [20, 2 ** 40, 0]);
});

test('a mark does not go back', () => {
  const marks = new SettledMarks(join(temporaryFolder(), 'settled'));
  marks.set(0, 20);
  marks.set(0, 10);

  assert.is(marks.of(0), 20);
});

test('a damaged mark counts as none, the others stay, and none is overwritten by a new one', () => {
  const path = join(temporaryFolder(), 'settled');
  const marks = new SettledMarks(path);
  for (const stream of [1, 2, 3]) marks.set(stream, 100 * stream);
  const bytes = readFileSync(path);
  bytes[20]! ^= 1;
  writeFileSync(path, Buffer.concat([bytes, Buffer.from('torn')]));

  const damaged = new SettledMarks(path);
  damaged.set(4, 400);
  const again = new SettledMarks(path);
  assert.equal(
    [1, 2, 3, 4].map(stream => again.of(stream)),
    [100, 0, 300, 400],
  );
});

test('the slot of a stream that is over is for another one', () => {
  const path = join(temporaryFolder(), 'settled');
  const marks = new SettledMarks(path);
  for (let stream = 1; stream <= 100; stream++) {
    marks.set(stream, 10);
    marks.forget(stream);
  }

  assert.is(readFileSync(path).length, 16);
});

test.run();
