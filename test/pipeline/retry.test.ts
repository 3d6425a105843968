import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { backoffMs, isRetryableStatus, parseRetryAfterMs } from '../../src/pipeline/retry.js';

const test = suite('pipeline/retry');

const NOW_MS = Date.parse('2026-01-01T00:00:00Z');

for (const [status, isRetryable] of [
  [301, false],
  [400, false],
  [401, false],
  [404, false],
  [408, false],
  [413, false],
  [429, true],
  [500, false],
  [501, false],
  [502, true],
  [503, true],
  [504, true],
] as const) {
  test(`status ${status} is ${isRetryable ? '' : 'not '}sent again`, () => {
    assert.is(isRetryableStatus(status), isRetryable);
  });
}

for (const [failures, leastMs, mostMs] of [
  [1, 800, 1_200],
  [2, 1_200, 1_800],
  [3, 1_800, 2_700],
  [100, 4_000, 6_000],
  [10_000, 4_000, 6_000],
] as const) {
  test(`failure ${failures} is waited for ${leastMs} to ${mostMs} ms`, () => {
    assert.is(Math.round(backoffMs(failures, () => 0)), leastMs);
    assert.is(Math.round(backoffMs(failures, () => 1)), mostMs);
  });
}

for (const [header, expectedMs] of [
  [undefined, undefined],
  ['', undefined],
  ['0', 0],
  ['7', 7_000],
  [' 7 ', 7_000],
  ['300', 300_000],
  ['3600', 3_600_000],
  ['99999999999999999999', 86_400_000],
  ['1.5', undefined],
  ['-5', undefined],
  ['soon 2099', undefined],
  ['2099', 2_099_000],
  ['2099-01-01', undefined],
  ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
  ['Thursday, 01-Jan-26 00:00:30 GMT', 30_000],
  ['Thu Jan  1 00:00:30 2026', 30_000],
  ['Thu, 01 Jan 2099 00:00:00 GMT', 86_400_000],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
  ['Thu, 99 Jan 2026', undefined],
  ['Thu, ', undefined],
] as const) {
  test(`Retry-After ${JSON.stringify(header)} is ${expectedMs} ms`, () => {
    assert.is(parseRetryAfterMs(header, NOW_MS), expectedMs);
  });
}

test.run();
