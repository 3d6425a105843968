import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Pace } from '../../src/pipeline/pace.js';

const test = suite('pipeline/pace');

function paceAt(nowMs: number) {
  const clock = { nowMs };
  const pace = new Pace({ lingerMs: 200, intervalMs: 1000, monotonicMs: () => clock.nowMs });
  return { clock, pace };
}

test('a record that comes after a pause waits for neighbours only', () => {
  const { pace } = paceAt(5_000);

  pace.drained(true);

  assert.is(pace.dueAtMs(true), 5_200);
});

test('what is on disk waits for the next request of the interval', () => {
  const { clock, pace } = paceAt(5_000);
  pace.sends();
  clock.nowMs = 5_100;

  pace.drained(true);

  assert.is(pace.dueAtMs(true), 6_000);
  assert.is(pace.dueAtMs(false), 5_300);
});

test('a record that others wait with does not put them off', () => {
  const { clock, pace } = paceAt(5_000);
  pace.drained(true);
  clock.nowMs = 5_150;

  pace.drained(false);

  assert.is(pace.dueAtMs(true), 5_200);
});

for (const [afterMs, hasNeighbours] of [
  [1, true],
  [19, true],
  [20, false],
  [500, false],
] as const) {
  test(`records ${afterMs} ms apart are ${hasNeighbours ? '' : 'no '}neighbours`, () => {
    const { clock, pace } = paceAt(5_000);
    pace.drained(true);
    assert.is(pace.hasNeighbours, false);
    clock.nowMs += afterMs;

    pace.drained(false);

    assert.is(pace.hasNeighbours, hasNeighbours);
  });
}

test.run();
