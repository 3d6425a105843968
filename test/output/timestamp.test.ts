import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isoTime } from '../../src/noise/record-time.js';
import { isoTimestamp, localTime } from '../../src/output/timestamp.js';

const test = suite('output/timestamp');

function time(nanos: bigint) {
  return { timeUnixNanoHigh: Number(nanos >> 32n), timeUnixNanoLow: Number(nanos & 0xffff_ffffn) };
}

for (const [nanos, expected] of [
  [0n, '1970-01-01T00:00:00.000000Z'],
  [999n, '1970-01-01T00:00:00.000000Z'],
  [1_000n, '1970-01-01T00:00:00.000001Z'],
  [1_738_207_449_014_123_999n, '2025-01-30T03:24:09.014123Z'],
  [1_738_207_449_999_999_999n, '2025-01-30T03:24:09.999999Z'],
  [1_738_207_450_000_000_000n, '2025-01-30T03:24:10.000000Z'],
  [9_007_199_254_740_991_999n, '2255-06-05T23:47:34.740991Z'],
] as const) {
  test(`${nanos} ns are ${expected}`, () => {
    assert.is(isoTimestamp(time(nanos)), expected);
  });
}

test('microseconds are those of the record, never rounded up', () => {
  for (let i = 0n; i < 10_000n; i++) {
    const nanos = 1_738_207_449_000_000_000n + i * 104_729_331n;
    const micros = String((nanos / 1_000n) % 1_000_000n).padStart(6, '0');
    const second = new Date(Number(nanos / 1_000_000_000n) * 1_000).toISOString().slice(0, 19);

    assert.is(isoTimestamp(time(nanos)), `${second}.${micros}Z`);
  }
});

test('a lower half with a sign is the same time', () => {
  const unsigned = { timeUnixNanoHigh: 404_700_000, timeUnixNanoLow: 0xf000_0000 };
  const signed = { ...unsigned, timeUnixNanoLow: 0xf000_0000 | 0 };

  assert.is(isoTimestamp(signed), isoTimestamp(unsigned));
  assert.is(isoTime(signed), isoTime(unsigned));
});

test('people get their own time, to the millisecond', () => {
  const date = new Date(2025, 0, 30, 3, 4, 9, 7);

  assert.is(localTime(time(BigInt(date.getTime()) * 1_000_000n + 999_999n)), '03:04:09.007');
});

test.run();
