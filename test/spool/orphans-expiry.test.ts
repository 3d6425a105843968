import { readdirSync, renameSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Orphans } from '../../src/spool/orphans.js';
import { parseSpoolName } from '../../src/spool/spool-name.js';
import { letTimePass } from '../helpers/spool.js';
import { createLooker, DAY_MS, leave, ONE, OURS, TWO } from './looking.js';

const test = suite('spool/orphans-expiry');

test('what is too old has expired', () => {
  const { folder, look, wait } = createLooker(60_000);
  leave(folder, ONE, 'old');
  letTimePass(folder, 61);
  look();
  wait(6_000);

  assert.is(look()!.expiry, 'too old');
});

for (const [maxAgeS, isTooOld] of [
  [190, true],
  [220, false],
] as const) {
  const what = isTooOld ? 'too old' : 'not too old';
  test(`adopted by one after the other 200 s after it was left, it is ${what} for ${maxAgeS} s`, () => {
    const { folder, look, wait } = createLooker(maxAgeS * 1_000);
    leave(folder, ONE, 'left');
    letTimePass(folder, 200);
    for (let i = 0; i < 2; i++) {
      adopt(folder);
      letTimePass(folder, 31);
    }
    look();
    wait(6_000);

    assert.is(look()!.expiry, isTooOld ? 'too old' : undefined);
  });
}

/** By a process that keeps it alive for a moment, and dies. */
function adopt(folder: string): void {
  const [name] = readdirSync(folder);
  const options = { folder, ownStem: OURS, claimer: TWO, maxAgeMs: DAY_MS, maxBytes: 2 ** 28 };
  Orphans.keepAlive(new Orphans(options).claim(name!)!);
}

test('of what is too much, the oldest has expired', () => {
  const { folder, look, wait } = createLooker(DAY_MS, 1_500);
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

  const found = [look()!, look()!].map(({ id, expiry }) => [id, expiry]);
  assert.equal(found, [
    [`${ONE}.0`, 'too much'],
    [`${TWO}.0`, undefined],
  ]);
});

test('what was left in the future, by its name or its time, is adopted as left now', () => {
  for (const name of [`${ONE}.0`, `${ONE}.0~${TWO}.999999999999`]) {
    const { folder, look, wait } = createLooker(60_000);
    leave(folder, ONE, 'left');
    renameSync(join(folder, `${ONE}.0`), join(folder, name));
    letTimePass(folder, -3_600);
    look();
    wait(31_000);
    assert.ok(look());

    const { leftAtMs } = parseSpoolName(readdirSync(folder)[0]!)!;
    assert.ok(Math.abs(leftAtMs! - Date.now()) < 60_000, `${name} left at ${leftAtMs}`);
  }
});

test('what was left before the machine knew the time is not too old', () => {
  const { folder, look, wait } = createLooker(60_000);
  leave(folder, ONE, 'left');
  utimesSync(join(folder, `${ONE}.0`), 60, 60);
  look();
  wait(6_000);

  assert.is(look()!.expiry, undefined);
  assert.is(look(), undefined);
});

test.run();
