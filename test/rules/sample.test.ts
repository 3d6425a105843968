import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isKept } from '../../src/rules/sample.js';
import { seededRandom } from '../helpers/seeded-random.js';

const test = suite('rules/sample');

const span = (end: string) => ({
  traceId: end.padStart(32, '0'),
  spanId: '1234567890abcdef',
  traceFlags: 1,
});

for (const [end, share, isIn] of [
  ['00000000', 0.5, true],
  ['7fffffff', 0.5, true],
  ['80000000', 0.5, false],
  ['ffffffff', 0.5, false],
  ['ffffffff', 1, true],
  ['00000000', 0, false],
  ['0cccccc0', 0.05, true],
  ['0cccccd0', 0.05, false],
] as const) {
  test(`a trace that ends in ${end} is ${isIn ? '' : 'not '}among a share of ${share}`, () => {
    assert.is(isKept(span(end), share), isIn);
  });
}

test('of random traces that share is kept', () => {
  const random = seededRandom(1);
  let kept = 0;
  for (let i = 0; i < 10_000; i++) {
    const hex = random.integer(2 ** 32).toString(16);
    if (isKept(span(hex.padStart(8, '0')), 0.3)) kept++;
  }

  assert.ok(kept > 2800 && kept < 3200, String(kept));
});

test('without a trace some are kept and some are not', () => {
  let kept = 0;
  for (let i = 0; i < 10_000; i++) if (isKept(undefined, 0.5)) kept++;

  assert.ok(kept > 4500 && kept < 5500, String(kept));
  assert.is(isKept(undefined, 0), false);
  assert.is(isKept(undefined, 1), true);
});

test.run();
