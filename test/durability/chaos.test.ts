import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type ChaosResult, chaos } from './chaos.js';

const test = suite('durability/chaos');

// For longer, or once more: CHAOS_SECONDS=60 CHAOS_SEED=…
const seconds = Number(process.env.CHAOS_SECONDS ?? 10);
const seed = Number(process.env.CHAOS_SEED ?? Date.now() % 2 ** 31);

const MAX_DUPLICATES = 0.01;
const MOMENT_MS = 1_000;

let result: ChaosResult;
test.before(async () => {
  process.stdout.write(`chaos: CHAOS_SECONDS=${seconds} CHAOS_SEED=${seed}\n`);
  result = await chaos({ processes: 10, seconds, seed });
  const { logged, duplicates } = count();
  process.stdout.write(
    `chaos: ${result.programs.length} processes logged ${logged} records, ${duplicates} arrived twice\n`,
  );
});

test('every record of a process that ended by itself or by SIGTERM arrives', () => {
  for (const { name, isKilled, tally, stderr } of result.programs) {
    if (isKilled) continue;
    assert.equal([...tally.lostPhases], [], `${name}: ${JSON.stringify(tally)}\n${stderr}`);
  }
});

test('every ERROR of a process that was killed arrives, its last record included', () => {
  const killed = result.programs.filter(({ isKilled }) => isKilled);
  assert.ok(killed.length > 0);
  for (const { name, tally, stderr } of killed) {
    const { delivered, logged } = tally.severe;
    assert.is(delivered, logged, `${name}: ${JSON.stringify(tally)}\n${stderr}`);
  }
});

// The exporter thread, once it runs, takes what is lower within some 10 ms: here there are more
// programs than processors.
test('lower records of a process that was killed are lost of its last moments alone', () => {
  for (const { name, tally } of result.programs) {
    if (tally.loggedForMs < MOMENT_MS) continue;
    assert.ok(tally.oldestLostMs < MOMENT_MS, `${name}: ${JSON.stringify(tally)}`);
  }
});

test('nothing arrives that was not logged', () => {
  const all = result.programs.map(({ tally }) => tally);
  assert.equal(
    all.filter(({ invented }) => invented > 0),
    [],
  );
});

// However slow the machine is.
test('what arrives twice is what its sender sent last, before its end and without an answer', () => {
  assert.equal(result.sentAgain.slice(0, 10), []);
});

test('few records arrive twice', () => {
  const { logged, duplicates } = count();
  assert.ok(duplicates < logged * MAX_DUPLICATES, `${duplicates} of ${logged}`);
});

test('no file is taken for damaged', () => {
  assert.is(result.setAsideFiles, 0);
});

function count(): { logged: number; duplicates: number } {
  const all = result.programs.map(({ tally }) => tally);
  return {
    logged: all.reduce((sum, { severe, rest }) => sum + severe.logged + rest.logged, 0),
    duplicates: all.reduce((sum, { duplicates }) => sum + duplicates, 0),
  };
}

test.run();
