import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { splitHrTime } from '../../src/otel/sdk-log-record.js';

const test = suite('otel/sdk-log-record');

const LAST_SECOND = 2 ** 32 - 1;

for (const [seconds, nanoseconds] of [
  [0, 0],
  [1, 0],
  [4, 294_967_295],
  [4, 294_967_296],
  [1_763_689_000, 123_456_789],
  [1_763_689_000, 999_999_999],
  [1_763_689_000, 2_500_000_001],
  [LAST_SECOND, 999_999_999],
] as const) {
  test(`splits ${seconds} s and ${nanoseconds} ns without losing one`, () => {
    const { high, low } = splitHrTime([seconds, nanoseconds]);

    const expected = BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds);
    assert.is((BigInt(high) << 32n) | BigInt(low), expected);
    assert.ok(low >= 0 && low < 2 ** 32);
  });
}

for (const [seconds, nanoseconds] of [
  [-1, 0],
  [LAST_SECOND + 1, 0],
  [Number.NaN, 0],
  [0, Number.NaN],
  [Number.POSITIVE_INFINITY, 0],
] as const) {
  test(`a time of ${seconds} s and ${nanoseconds} ns is unknown`, () => {
    assert.equal(splitHrTime([seconds, nanoseconds]), { high: 0, low: 0 });
  });
}

test.run();
