import { severityFromName, severityText } from '../severity.js';
import { charCodeAt, hasOwn, parseJson, upperCase } from './intrinsics.js';
import { MAX_BODY_LENGTH } from './limits.js';

const MESSAGE_KEYS = ['message', 'msg', 'event'] as const;
const LEVEL_KEYS = ['level', 'severity', 'severityText', 'log.level'] as const;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

/** A line of a logger that prints JSON. */
export interface JsonLine {
  readonly message: string | undefined;
  readonly severityNumber: number | undefined;
  /** What is left: the fields without the message and the level. */
  readonly fields: object;
}

/** The line's fields if it is one JSON object, else undefined. */
export function parseJsonLine(text: string): JsonLine | undefined {
  if (charCodeAt(text, 0) !== OPENING_BRACE || text.length > MAX_BODY_LENGTH) return undefined;
  if (charCodeAt(text, text.length - 1) !== CLOSING_BRACE) return undefined;

  let parsed: Record<string, unknown>;
  try {
    parsed = parseJson(text);
  } catch {
    // Text in braces, not JSON.
    return undefined;
  }
  const message = takeMessage(parsed);
  return { message, severityNumber: takeSeverity(parsed), fields: parsed };
}

function takeMessage(parsed: Record<string, unknown>): string | undefined {
  for (let i = 0; i < MESSAGE_KEYS.length; i++) {
    const key = MESSAGE_KEYS[i]!;
    if (!hasOwn(parsed, key) || typeof parsed[key] !== 'string') continue;
    const message = parsed[key];
    delete parsed[key];
    return message;
  }
  return undefined;
}

function takeSeverity(parsed: Record<string, unknown>): number | undefined {
  for (let i = 0; i < LEVEL_KEYS.length; i++) {
    const key = LEVEL_KEYS[i]!;
    if (!hasOwn(parsed, key)) continue;
    const level = parsed[key];
    const severity =
      typeof level === 'string' ? severityFromName(level) : severityFromPinoLevel(level);
    if (severity === undefined) continue;
    // A name such as `notice` says more than the severity it becomes.
    if (typeof level === 'number' || isTextOf(severity, level as string)) delete parsed[key];
    return severity;
  }
  return undefined;
}

function isTextOf(severity: number, name: string): boolean {
  return upperCase(name) === severityText(severity);
}

/** pino and bunyan count 10, 20, … 60 from trace to fatal. */
function severityFromPinoLevel(level: unknown): number | undefined {
  if (typeof level !== 'number' || level < 10 || level > 60 || level % 10 !== 0) return undefined;
  return (level / 10 - 1) * 4 + 1;
}
