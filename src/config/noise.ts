// What is held back of a noisy program, and what is kept in case it fails.
import { type SeverityNumber, severityFromName } from '../severity.js';
import { flag, type Reading, reject, report, text } from './values.js';

const SECONDS_BY_UNIT: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600 };

/** @param minimumSeverity Least severity exported. */
export function readNoise(reading: Reading, minimumSeverity: SeverityNumber) {
  return {
    hasFold: flag(reading, 'OTEL_REGISTER_FOLD', 'off'),
    maxPerSecond: readRateLimit(reading),
    trailSeverity: readTrail(reading, minimumSeverity),
  };
}

// Switched off, there is no limit.
function readRateLimit(reading: Reading): number {
  const name = 'OTEL_REGISTER_RATE_LIMIT';
  const value = text(reading, name)?.toLowerCase() ?? 'off';
  if (value === 'off') return Number.POSITIVE_INFINITY;
  const [, digits, unit = 's'] = /^(\d{1,9})(?:\s*\/\s*([smh]))?$/.exec(value) ?? [];
  const perSecond = Number(digits) / SECONDS_BY_UNIT[unit]!;
  if (perSecond > 0) return perSecond;
  reject(reading, name, 'is not a number of records like 100/s, 6000/m or off; using off');
  return Number.POSITIVE_INFINITY;
}

// Switched off, no record is severe enough.
function readTrail(reading: Reading, minimumSeverity: SeverityNumber): SeverityNumber {
  const name = 'OTEL_REGISTER_TRAIL';
  const value = text(reading, name)?.toLowerCase() ?? 'off';
  if (value === 'off') return Number.POSITIVE_INFINITY;
  const severity = severityFromName(value);
  if (severity !== undefined) {
    if (severity >= minimumSeverity) report(reading, name, 'changes nothing: these are all sent');
    return severity;
  }
  reject(reading, name, 'is not trace, debug, info, warn or off; using off');
  return Number.POSITIVE_INFINITY;
}
