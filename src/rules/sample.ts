import { charCodeAt } from '../convert/intrinsics.js';
import type { SpanIds } from '../log-record.js';

// Taken once: the application's tests may replace it by one that is not random.
const { random } = Math;

/** Digits of a trace id that are looked at: its last ones, which are random in every version of W3C's format. */
const DIGITS = 8;
const RANGE = 16 ** DIGITS;

/** Whether a record is among that share. All of one trace are, or none, in each process they come from. */
export function isKept(span: SpanIds | undefined, share: number): boolean {
  if (share <= 0) return false;
  return span === undefined ? random() < share : endOf(span.traceId) < share * RANGE;
}

function endOf(traceId: string): number {
  let number = 0;
  for (let i = traceId.length - DIGITS; i < traceId.length; i++) {
    number = number * 16 + digitOf(charCodeAt(traceId, i));
  }
  return number;
}

// '0' is 48, and 'a' is 97.
function digitOf(code: number): number {
  return code < 58 ? code - 48 : code - 87;
}
