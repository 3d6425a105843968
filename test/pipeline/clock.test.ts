import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Clock } from '../../src/pipeline/clock.js';
import { seededRandom } from '../helpers/seeded-random.js';

const test = suite('pipeline/clock');

const START_MS = 1_767_225_600_000;

/** A clock over two sources that a test moves apart. */
function createFake({ startWallMs = START_MS } = {}) {
  const state = { monotonicMs: 1_000, wallMs: startWallMs };
  const clock = new Clock({
    monotonicMs: () => state.monotonicMs,
    wallMs: () => Math.floor(state.wallMs),
    originMs: startWallMs - 1_000,
  });
  const readNs = () => {
    clock.read();
    return (BigInt(clock.high) << 32n) | BigInt(clock.low >>> 0);
  };
  return {
    readNs,
    /** Time passes, and somebody may set the wall clock meanwhile. */
    pass(ms: number, setByMs = 0) {
      state.monotonicMs += ms;
      state.wallMs += ms + setByMs;
    },
    driftMs: () => Number(readNs() / 1_000_000n) - Math.floor(state.wallMs),
  };
}

test('the first reading is wall time in nanoseconds', () => {
  assert.is(createFake().readNs(), BigInt(START_MS) * 1_000_000n);
});

test('fractions of a millisecond are kept', () => {
  const { pass, readNs } = createFake();

  pass(1.234567);

  assert.is(readNs(), BigInt(START_MS) * 1_000_000n + 1_234_567n);
});

for (const passedMs of [4_294.967295, 4_294.967296, 8_589.934592, 3_600_000, 31_536_000_000]) {
  test(`${passedMs} ms later nanoseconds are carried over 32 bits`, () => {
    const { pass, readNs } = createFake();

    pass(passedMs);

    const expected = BigInt(START_MS) * 1_000_000n + BigInt(Math.round(passedMs * 1e6));
    const difference = Number(readNs() - expected);
    assert.ok(Math.abs(difference) <= 4, `${difference} ns off`);
  });
}

test('each half stays within 32 bits while the low one overflows', () => {
  const clock = new Clock({ monotonicMs: step(0.9), wallMs: () => START_MS, originMs: START_MS });

  for (let i = 0; i < 20_000; i++) {
    clock.read();
    assert.ok(Number.isInteger(clock.high) && Number.isInteger(clock.low));
    assert.is(clock.low, clock.low | 0);
  }
});

for (const [what, setByMs] of [
  ['a suspend of an hour', 3_600_000],
  ['NTP setting it forward by a second', 1_000],
] as const) {
  test(`wall time is followed after ${what}`, () => {
    const { pass, driftMs } = createFake();
    pass(10);

    pass(200, setByMs);

    assert.is(driftMs(), 0);
  });
}

test('slewing below 50 ms is not followed', () => {
  const { pass, driftMs } = createFake();

  pass(200, 40);

  assert.is(driftMs(), -40);
});

test('a wall clock that is set back is caught up with, without stepping back', () => {
  const { pass, readNs, driftMs } = createFake();
  let last = readNs();

  pass(200, -1_000);
  for (let i = 0; i < 300; i++) {
    const now = readNs();
    assert.ok(now >= last, `stepped back by ${last - now} ns`);
    last = now;
    pass(10);
  }

  assert.ok(Math.abs(driftMs()) <= 100, `${driftMs()} ms off`);
});

for (const seed of [1, 2, 3, 4, 5]) {
  test(`no reading is before the last, whatever is done to the wall clock (seed ${seed})`, () => {
    const random = seededRandom(seed);
    const { pass, readNs } = createFake();
    let last = readNs();

    for (let i = 0; i < 20_000; i++) {
      const setByMs = random.integer(50) === 0 ? random.integer(4_000) - 2_000 : 0;
      // Often within the same hundred nanoseconds: there a rounding error would show.
      pass(random.pick([0, 0.00003, 0.0001, 0.7, 33.3, 101.7]), setByMs);
      const now = readNs();
      assert.ok(now >= last, `reading ${i} stepped back by ${last - now} ns`);
      last = now;
    }
  });
}

function step(ms: number): () => number {
  let now = 0;
  return () => (now += ms);
}

test.run();
