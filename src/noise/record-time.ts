import { dateToISOString } from '../convert/intrinsics.js';
import type { LogRecord } from '../log-record.js';

const TWO_TO_32 = 0x1_0000_0000;
const NS_PER_MS = 1e6;
// Taken once: the application's tests may replace it.
const OriginalDate = Date;

/** When it was logged, to the millisecond: `2026-01-02T03:04:05.678Z`. */
export function isoTime(record: Pick<LogRecord, 'timeUnixNanoHigh' | 'timeUnixNanoLow'>): string {
  const ns = record.timeUnixNanoHigh * TWO_TO_32 + (record.timeUnixNanoLow >>> 0);
  return dateToISOString(new OriginalDate(ns / NS_PER_MS));
}
