import { mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { touch } from '../../src/spool/files.js';
import { Orphans } from '../../src/spool/orphans.js';
import { letTimePass, readAllRecords } from '../helpers/spool.js';
import { CLAIMER, createLooker, DAY_MS, leave, ONE, OURS, TWO } from './looking.js';

const test = suite('spool/orphans');

test('a process that has shown no life for 30 s, and shows none for 6 s, is dead', () => {
  const { folder, look, wait } = createLooker();
  leave(folder, ONE, 'left');
  letTimePass(folder, 31);
  assert.is(look(), undefined);
  wait(6_000);
  const orphan = look();

  assert.equal(
    readAllRecords(orphan!).map(({ text }) => text),
    ['left'],
  );
  assert.match(readdirSync(folder)[0]!, new RegExp(`^${ONE}\\.0~${CLAIMER}\\.\\d+$`));
});

test('a process that shows life meanwhile is not: wall time has jumped', () => {
  const { folder, look, wait } = createLooker();
  leave(folder, ONE, 'alive');
  for (const seconds of [3_600, 3_595, 3_590, 3_585]) {
    letTimePass(folder, seconds);
    assert.is(look(), undefined);
    wait(6_000);
  }
});

test('a process that died before wall time went back is dead after 30 s without life', () => {
  const { folder, look, wait } = createLooker();
  leave(folder, ONE, 'left');
  letTimePass(folder, -3_600);
  for (let i = 0; i < 6; i++) {
    assert.is(look(), undefined);
    wait(6_000);
  }

  assert.ok(look());
});

test('our own are not touched, nor what is none', () => {
  const { folder, look, wait } = createLooker();
  leave(folder, OURS, 'ours');
  mkdirSync(join(folder, 'set-aside'));
  writeFileSync(join(folder, `${ONE}.0`), 'a file');
  letTimePass(folder, 3_600);
  look();
  wait(60_000);

  assert.is(look(), undefined);
  assert.is(readdirSync(folder).length, 3);
});

test('the oldest comes first, and one at a time', () => {
  const { folder, look, wait } = createLooker();
  for (const [stem, seconds] of [
    [ONE, 100],
    [TWO, 200],
  ] as const) {
    leave(folder, stem, stem);
    const then = Date.now() / 1000 - seconds;
    utimesSync(join(folder, `${stem}.0`), then, then);
  }
  look();
  wait(6_000);

  assert.is(look()?.id, `${TWO}.0`);
  assert.is(look()?.id, `${ONE}.0`);
  assert.is(look(), undefined);
});

test('hundreds are found by one look, and not each by one of its own', () => {
  const { folder, look, looks, wait } = createLooker();
  for (let i = 0; i < 200; i++) leave(folder, `${ONE.slice(0, -3)}${100 + i}`, 'left');
  letTimePass(folder, 60);
  look();
  wait(6_000);
  for (let i = 0; i < 200; i++) assert.ok(look());

  assert.is(looks(), 2);
});

test('one who shows life between the look and the claim is not claimed', () => {
  const { folder, look, wait } = createLooker();
  leave(folder, ONE, 'goes on');
  leave(folder, TWO, 'left');
  letTimePass(folder, 100);
  utimesSync(join(folder, `${TWO}.0`), 0, Date.now() / 1000 - 200);
  look();
  wait(6_000);
  assert.is(look()?.id, `${TWO}.0`);
  touch(join(folder, `${ONE}.0`));

  assert.is(look(), undefined);
});

test('of two that look at once, one gets it', () => {
  const [a, b] = [createLooker(), createLooker()];
  leave(a.folder, ONE, 'left');
  rmSync(b.folder, { recursive: true });
  const other = new Orphans({
    folder: a.folder,
    ownStem: OURS,
    claimer: TWO,
    maxAgeMs: DAY_MS,
    maxBytes: 2 ** 28,
    monotonicMs: () => 0,
  });

  assert.ok(a.orphans.claim(`${ONE}.0`));
  assert.is(other.claim(`${ONE}.0`), undefined);
});

test('a claimer that died is followed by another', () => {
  const { folder, look, wait } = createLooker();
  leave(folder, ONE, 'left');
  const [name] = readdirSync(folder);
  new Orphans({ folder, ownStem: OURS, claimer: TWO, maxAgeMs: DAY_MS, maxBytes: 2 ** 28 }).claim(
    name!,
  );
  letTimePass(folder, 60);
  look();
  wait(6_000);

  assert.is(look()?.id, `${ONE}.0`);
});

test('a folder that is gone holds nothing', () => {
  const { folder, look } = createLooker();
  rmSync(folder, { recursive: true });

  assert.is(look(), undefined);
});

test.run();
