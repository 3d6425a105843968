import { mapGet, mapSet, upperCase } from '../convert/intrinsics.js';
import {
  DEBUG,
  ERROR,
  FATAL,
  INFO,
  type SeverityNumber,
  severityFromName,
  severityText,
  TRACE,
  WARN,
} from '../severity.js';

/** What a level of a logger becomes. */
export interface LevelSeverity {
  readonly severityNumber: SeverityNumber;
  /** The level's own name, where it says more than the severity's. */
  readonly level: string | undefined;
}

/** Of names; a program that makes them up must not make us grow. */
const MAX_NAMES = 64;
const byName = new Map<string, LevelSeverity>();

/** By its name where that is known, else by its number, of which pino and bunyan have 10 to 60. */
export function severityOfLevel(name: unknown, number: unknown): LevelSeverity {
  if (typeof name !== 'string') return { severityNumber: byNumber(number), level: undefined };
  const known = mapGet(byName, name) as LevelSeverity | undefined;
  if (known !== undefined) return known;
  const named = severityFromName(name);
  const severityNumber = named ?? byNumber(number);
  const isOwn = upperCase(name) !== severityText(severityNumber);
  const severity = { severityNumber, level: isOwn ? name : undefined };
  // Two loggers may give one unknown name two numbers.
  if (named !== undefined && byName.size < MAX_NAMES) mapSet(byName, name, severity);
  return severity;
}

function byNumber(number: unknown): SeverityNumber {
  if (typeof number !== 'number') return INFO;
  if (number < 20) return TRACE;
  if (number < 30) return DEBUG;
  if (number < 40) return INFO;
  if (number < 50) return WARN;
  return number < 60 ? ERROR : FATAL;
}
