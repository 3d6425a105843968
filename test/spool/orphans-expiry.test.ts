import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Orphans } from '../../src/spool/orphans.js';
import { letTimePass } from '../helpers/spool.js';
import { createLooker, DAY_MS, leave, ONE, OURS, TWO } from './looking.js';

const test = suite('spool/orphans-expiry');

test('what is too old is deleted, and that is told', () => {
  const { folder, look, wait, expired } = createLooker(60_000);
  leave(folder, ONE, 'old');
  letTimePass(folder, 61);
  look();
  wait(6_000);

  assert.is(look(), undefined);
  assert.is(expired(), 1);
  assert.equal(readdirSync(folder), []);
});

for (const [maxAgeS, isTooOld] of [
  [190, true],
  [220, false],
] as const) {
  const what = isTooOld ? 'too old' : 'not too old';
  test(`adopted by one after the other 200 s after it was left, it is ${what} for ${maxAgeS} s`, () => {
    const { folder, look, wait, expired } = createLooker(maxAgeS * 1_000);
    leave(folder, ONE, 'left');
    letTimePass(folder, 200);
    for (let i = 0; i < 2; i++) {
      adopt(folder);
      letTimePass(folder, 31);
    }
    look();
    wait(6_000);

    assert.is(look() === undefined, isTooOld);
    assert.is(expired(), isTooOld ? 1 : 0);
  });
}

/** By a process that keeps it alive for a moment, and dies. */
function adopt(folder: string): void {
  const [name] = readdirSync(folder);
  const options = { folder, ownStem: OURS, claimer: TWO, maxAgeMs: DAY_MS, maxBytes: 2 ** 28 };
  Orphans.keepAlive(new Orphans(options).claim(name!)!);
}

test('of what is too much, the oldest is deleted', () => {
  const { folder, look, wait, expired } = createLooker(DAY_MS, 1_500);
  for (const [stem, seconds] of [
    [ONE, 200],
    [TWO, 100],
  ] as const) {
    leave(folder, stem, 'x'.repeat(1_000));
    const then = Date.now() / 1000 - seconds;
    utimesSync(join(folder, `${stem}.0`), then, then);
  }
  look();
  wait(6_000);

  assert.is(look()?.id, `${TWO}.0`);
  assert.is(expired(), 1);
  assert.is(readdirSync(folder).length, 1);
});

test('what was left before the machine knew the time is not too old', () => {
  const { folder, look, wait, expired } = createLooker(60_000);
  leave(folder, ONE, 'left');
  utimesSync(join(folder, `${ONE}.0`), 60, 60);
  look();
  wait(6_000);

  assert.ok(look());
  assert.is(expired(), 0);
});

test.run();
