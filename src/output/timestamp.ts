import { dateToISOString, sliceText } from '../convert/intrinsics.js';
import type { LogRecord } from '../log-record.js';

type Time = Pick<LogRecord, 'timeUnixNanoHigh' | 'timeUnixNanoLow'>;

// Taken once: the application's tests may replace it by one that stands still.
const RealDate = Date;
const { apply } = Reflect;
const { floor } = Math;
const { getHours, getMinutes, getSeconds } = Date.prototype;

/** 2^32 ns are so many µs, and so many ns more. */
const MICROS_OF_HIGH = 4_294_967;
const NANOS_OF_HIGH = 296;

let knownSecond = Number.NaN;
let knownText = '';

/** `2025-01-30T03:24:09.014123Z`. The clock tells no less than microseconds apart. */
export function isoTimestamp(time: Time): string {
  const micros = unixMicros(time);
  const second = floor(micros / 1e6);
  if (second !== knownSecond) {
    knownText = sliceText(dateToISOString(new RealDate(second * 1000)), 0, 20);
    knownSecond = second;
  }
  return `${knownText}${padded(micros % 1e6, 6)}Z`;
}

/** `03:24:09.014`, in local time. */
export function localTime(time: Time): string {
  const millis = floor(unixMicros(time) / 1000);
  const date = new RealDate(millis);
  const hours = padded(apply(getHours, date, []), 2);
  const minutes = padded(apply(getMinutes, date, []), 2);
  return `${hours}:${minutes}:${padded(apply(getSeconds, date, []), 2)}.${padded(millis % 1000, 3)}`;
}

// Nanoseconds exceed what a number holds exactly; each of these does not.
function unixMicros({ timeUnixNanoHigh: high, timeUnixNanoLow: low }: Time): number {
  return high * MICROS_OF_HIGH + floor((high * NANOS_OF_HIGH + (low >>> 0)) / 1000);
}

function padded(number: number, length: number): string {
  let text = `${number}`;
  while (text.length < length) text = `0${text}`;
  return text;
}
