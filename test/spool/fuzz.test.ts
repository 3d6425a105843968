import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Orphans } from '../../src/spool/orphans.js';
import { seededRandom } from '../helpers/seeded-random.js';
import { letTimePass } from '../helpers/spool.js';
import { deliver, LeftSpool, newFolder, SEGMENT, THROUGH } from './fuzzed-spool.js';

const test = suite('spool/fuzz');

// Once more: FUZZ_SEED=…
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
const random = seededRandom(seed);
const CASES = 300;

const left = new LeftSpool({ drained: 12, undrained: 6, settled: 3 });

test('what is whole is delivered once, without what was delivered before', () => {
  const { numbers, setAside } = afterDamage(() => {});

  // ERROR records alone of those that were not drained.
  assert.equal(numbers, [3, 4, 5, 6, 7, 8, 9, 10, 11, 14, 17]);
  assert.is(setAside, 0);
});

for (const file of [SEGMENT, THROUGH]) {
  const { length } = left.read(file);

  test(`${file} that breaks off anywhere loses what is behind that alone`, () => {
    for (let end = 0; end < length; end++) {
      const { numbers, whole } = afterDamage(path => truncateSync(join(path, file), end));
      assert.equal(numbers, whole, `cut at ${end}`);
    }
  });

  test(`a byte of ${file} that is another costs its entry alone`, () => {
    for (let at = 0; at < length; at++) {
      const { numbers, whole } = afterDamage(path => flip(join(path, file), at));
      assert.equal(numbers, whole, `byte ${at}, seed ${seed}`);
    }
  });
}

test('a few bytes anywhere that are others cost their entries alone', () => {
  for (let i = 0; i < CASES; i++) {
    const { numbers, whole } = afterDamage(path => {
      for (let flips = 1 + random.integer(5); flips > 0; flips--) {
        const file = random.pick([SEGMENT, THROUGH]);
        flip(join(path, file), random.integer(left.read(file).length));
      }
    });
    assert.equal(numbers, whole, `case ${i}, seed ${seed}`);
  }
});

for (const [what, fill] of [
  ['zeros', bytes => bytes.fill(0)],
  ['the largest lengths', bytes => bytes.fill(0xff)],
  ['anything', bytes => bytes.set(randomBytes(bytes.length))],
] as [string, (bytes: Buffer) => void][]) {
  test(`a stretch of ${what} costs the entries it touches`, () => {
    for (let i = 0; i < CASES; i++) {
      const file = random.pick([SEGMENT, THROUGH]);
      const bytes = left.read(file);
      const start = random.integer(bytes.length);
      fill(bytes.subarray(start, start + 1 + random.integer(bytes.length - start)));
      const { numbers, whole } = afterDamage(path => writeFileSync(join(path, file), bytes));
      assert.equal(numbers, whole, `case ${i}, seed ${seed}`);
    }
  });
}

test('damage between whole entries is set aside, to be looked at', () => {
  const { setAside } = afterDamage(path => flip(join(path, SEGMENT), 10));

  assert.is(setAside, 1);
});

const REPLACEMENTS: [string, (path: string) => void][] = [
  ['missing', () => {}],
  ['a link', path => symlinkSync(process.execPath, path)],
  ['a folder', path => mkdirSync(path)],
  ['empty', path => writeFileSync(path, '')],
  ['of random bytes', path => writeFileSync(path, randomBytes(4096))],
];
if (hasMkfifo()) {
  REPLACEMENTS.push(['a pipe without a writer', path => execFileSync('mkfifo', [path])]);
} else console.log('spool/fuzz: there is no mkfifo, so pipes are not tried.');

for (const file of ['settled', 'resource', SEGMENT, THROUGH]) {
  for (const [what, replace] of REPLACEMENTS) {
    test(`"${file}" that is ${what} costs nothing that stands elsewhere`, () => {
      const { numbers, whole } = afterDamage(path => {
        rmSync(join(path, file));
        replace(join(path, file));
      });
      assert.equal(numbers, whole);
    });
  }
}

test('a file that looks like ours and is not is set aside', () => {
  for (let i = 0; i < CASES; i++) {
    const name = random.pick(['000000001.segment', '.segment', '9.through', 'x.through']);
    const { numbers, whole, setAside } = afterDamage(path =>
      writeFileSync(join(path, name), randomBytes(1 + random.integer(10_000))),
    );
    assert.equal(numbers, whole);
    assert.is(setAside, 1);
  }
});

test('what looks like a spool of a process and is not holds up no other', () => {
  const folder = newFolder();
  const stem = () => randomUUID();
  writeFileSync(join(folder, `${stem()}.0`), 'a file');
  symlinkSync(left.path, join(folder, `${stem()}.0`));
  mkdirSync(join(folder, `${stem()}.0`));
  mkdirSync(join(folder, `${stem()}.7@ab`, SEGMENT), { recursive: true });
  mkdirSync(join(folder, `${stem()}.0~${stem()}.1`));
  mkdirSync(join(folder, 'anything'));
  left.copyTo(folder);

  assert.equal(claimAll(folder), [3, 4, 5, 6, 7, 8, 9, 10, 11, 14, 17]);
});

/** As a process that replays: it looks a second time, and goes on until there is nothing left. */
function claimAll(folder: string): number[] {
  letTimePass(folder, 3_600);
  let nowMs = 0;
  const orphans = new Orphans({
    folder,
    ownStem: 'none',
    claimer: randomUUID(),
    maxAgeMs: Infinity,
    maxBytes: 2 ** 30,
    monotonicMs: () => nowMs,
  });
  const numbers: number[] = [];
  for (let looks = 0; looks < 100; looks++) {
    const orphan = orphans.claimNext();
    if (orphan !== undefined) numbers.push(...deliver(orphan));
    nowMs += 10_000;
  }
  return numbers;
}

function afterDamage(change: (path: string) => void) {
  const folder = newFolder();
  const path = left.copyTo(folder);
  change(path);
  const whole = left.wholeIn(path);
  const orphan = new Orphans({
    folder,
    ownStem: 'none',
    claimer: randomUUID(),
    maxAgeMs: Infinity,
    maxBytes: 2 ** 30,
  }).claim(left.name);
  assert.ok(orphan !== undefined, 'it cannot be claimed');
  const numbers = deliver(orphan).sort((a, b) => a - b);
  rmSync(folder, { recursive: true });
  return { numbers, whole, setAside: orphan.setAside };
}

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at]! ^= 1 + random.integer(255);
  writeFileSync(path, bytes);
}

function randomBytes(length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => random.integer(256)));
}

function hasMkfifo(): boolean {
  try {
    execFileSync('mkfifo', ['--version'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}

test.run();
