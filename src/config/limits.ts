// How much, and for how long. Upper bounds only tell a slip (nanoseconds, a missing dot) from a choice.
import { integer, type Reading, text } from './values.js';

const MIB = 2 ** 20;
const MINUTE_MS = 60_000;
const MAX_INT32 = 2 ** 31 - 1;

export function readLimits(reading: Reading) {
  return {
    ...readScheduleDelay(reading),
    maxBatchRecords: integer(reading, 'OTEL_BLRP_MAX_EXPORT_BATCH_SIZE', {
      unit: 'records',
      least: 1,
      most: 1_000_000,
      otherwise: Number.POSITIVE_INFINITY,
    }),
    maxMemoryBytes: integer(reading, 'OTEL_REGISTER_MAX_MEMORY_BYTES', {
      unit: 'bytes',
      // One body at its longest.
      least: 2 ** 16,
      most: 4096 * MIB,
      otherwise: 32 * MIB,
    }),
    exitTimeoutMs: integer(reading, 'OTEL_REGISTER_EXIT_TIMEOUT_MS', {
      unit: 'milliseconds',
      least: 0,
      most: 10 * MINUTE_MS,
      otherwise: 2000,
    }),
    maxAttributes: readAttributeLimit(reading, 'COUNT', 128),
    maxValueLength: readAttributeLimit(reading, 'VALUE_LENGTH', 8192),
  };
}

// Sooner than specified after a pause, for whoever watches; as specified from then on.
function readScheduleDelay(reading: Reading) {
  const name = 'OTEL_BLRP_SCHEDULE_DELAY';
  const range = { unit: 'milliseconds', least: 0, most: 60 * MINUTE_MS, otherwise: 200 };
  const lingerMs = integer(reading, name, range);
  return { lingerMs, intervalMs: text(reading, name) === undefined ? 1000 : lingerMs };
}

// https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/#attribute-limits
function readAttributeLimit(
  reading: Reading,
  kind: 'COUNT' | 'VALUE_LENGTH',
  otherwise: number,
): number {
  const unit = kind === 'COUNT' ? 'attributes' : 'characters';
  const range = { unit, least: 0, most: MAX_INT32 };
  const shared = integer(reading, `OTEL_ATTRIBUTE_${kind}_LIMIT`, { ...range, otherwise });
  return integer(reading, `OTEL_LOGRECORD_ATTRIBUTE_${kind}_LIMIT`, {
    ...range,
    otherwise: shared,
  });
}
