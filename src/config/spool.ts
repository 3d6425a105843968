// What is kept on disk, where, and for how long.
import { isAbsolute } from 'node:path';
import { LEVEL_NAMES, type SeverityNumber, severityFromName } from '../severity.js';
import { duration, either, flag, integer, type Reading, reject, text } from './values.js';

const MIB = 2 ** 20;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const DEFAULT_LEVEL = 'error';

export function readSpool(reading: Reading) {
  return {
    hasSpool: flag(reading, 'OTEL_REGISTER_SPOOL', 'on'),
    spoolDir: text(reading, 'OTEL_REGISTER_SPOOL_DIR'),
    maxSpoolBytes: integer(reading, 'OTEL_REGISTER_SPOOL_MAX_BYTES', {
      unit: 'bytes',
      least: 2 ** 16,
      most: 1024 * 1024 * MIB,
      otherwise: 256 * MIB,
    }),
    maxSpoolAgeMs: duration(reading, 'OTEL_REGISTER_SPOOL_MAX_AGE', {
      leastMs: 60_000,
      mostMs: 365 * DAY_MS,
      otherwiseMs: DAY_MS,
      otherwise: '24h',
    }),
    writeThroughSeverity: readWriteThrough(reading),
    stateDirectory: readStateDirectory(reading),
    runId: readRunId(reading),
  };
}

// systemd lists all of a unit's, separated by colons.
// https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#RuntimeDirectory=
function readStateDirectory({ env }: Reading): string | undefined {
  const [first = ''] = (env.STATE_DIRECTORY ?? '').split(':');
  return isAbsolute(first) ? first : undefined;
}

// It becomes part of a folder's name.
function readRunId(reading: Reading): string | undefined {
  const runId = text(reading, 'OTEL_REGISTER_RUN_ID');
  return runId !== undefined && /^[0-9a-f]{1,32}$/.test(runId) ? runId : undefined;
}

// Switched off, no record is severe enough.
function readWriteThrough(reading: Reading): SeverityNumber {
  const name = 'OTEL_REGISTER_WRITE_THROUGH';
  const value = text(reading, name)?.toLowerCase();
  if (value === 'off') return Number.POSITIVE_INFINITY;
  const severity = severityFromName(value ?? DEFAULT_LEVEL);
  if (severity !== undefined) return severity;
  reject(reading, name, `is not ${either([...LEVEL_NAMES, 'off'])}; using ${DEFAULT_LEVEL}`);
  return severityFromName(DEFAULT_LEVEL)!;
}
