import { inspect } from 'node:util';
import { findApiDoor } from '../context/api-door.js';
import { addContext } from '../context/log-context.js';
import { claimException } from '../convert/exception.js';
import { errorFields, furtherFields, topLevelFields } from '../convert/fields.js';
import { Budget } from '../convert/limits.js';
import { isError, isPlainObject } from '../convert/objects.js';
import { plainText } from '../convert/plain-text.js';
import { exceptionOfText } from '../convert/stack-text.js';
import {
  type LoggedContent,
  type LoggedException,
  type LogRecord,
  namedScope,
  newRecord,
} from '../log-record.js';
import { readActiveSpan } from '../otel/active-span.js';
import { Clock } from '../pipeline/clock.js';
import { INFO, severityFromName } from '../severity.js';

/** What winston hands to a format: level, message, and fields. */
export type WinstonInfo = Readonly<Record<string | symbol, unknown>>;

const LEVEL = Symbol.for('level');
const SPLAT = Symbol.for('splat');
const API = Symbol.for('opentelemetry.js.api.1');
const LIMITS = { maxAttributes: 128, maxValueLength: 8192 };
const SCOPE = namedScope('winston');
const clock = new Clock();

/** What winston made of a call, as the record that is to be printed. */
export function loggedRecord(info: WinstonInfo): LogRecord {
  const severityNumber = severityFromName(String(info[LEVEL])) ?? INFO;
  clock.read();
  const door = findApiDoor();
  const { high: timeHigh, low: timeLow } = clock;
  const span = door === undefined ? readActiveSpan(publicSlot) : door.activeSpan?.();
  const at = { timeHigh, timeLow, span, callee: undefined };
  const record = newRecord({ scope: SCOPE, severityNumber, at, content: contentOf(info) });
  const bound = door?.currentLogContext();
  if (bound !== undefined) addContext(record, bound, LIMITS.maxAttributes);
  return record;
}

function contentOf(info: WinstonInfo): LoggedContent {
  const budget = new Budget(LIMITS, true);
  const copied = copiedError(info, budget);
  const { message, fields, error, isLoneError } = readInfo(info, copied !== undefined);
  if (error !== undefined) claimException(error, budget);
  else if (copied !== undefined) budget.exception = copied;
  const attributes = topLevelFields(fields, budget);
  // A lone error is itself what winston adds its level and its fields to.
  if (isLoneError) furtherFields(fieldsOfError(info), budget, attributes);
  else if (error !== undefined) errorFields(error, budget, attributes);
  const body = plainText(budget.longText(message));
  const { exception, isTruncated } = budget;
  return { body, attributes, exception, isTruncated, droppedAttributes: undefined };
}

// Without the preload the application may trace all the same.
const publicSlot = {
  get registered() {
    return (globalThis as { [API]?: never })[API];
  },
};

/**
 * What was logged, in place of what winston makes of it: the message of an error or object is no part
 * of the message beside it, and objects and errors after the first count as well. Formats and
 * transports after this one see it, and so does the record.
 */
export function restoreLogged(info: Record<string | symbol, unknown>): void {
  restoreObject(info);
  const given = info[SPLAT];
  if (!Array.isArray(given)) return;
  info.message = withoutSecond(info.message, given[0]?.message);
  for (const further of given.slice(1)) {
    if (typeof further !== 'object' || further === null) continue;
    for (const [key, value] of Object.entries(fieldsOf(further))) {
      if (!(key in info)) info[key] = value;
    }
  }
}

// An object alone is the message; on the console it is a text, and its fields are fields.
function restoreObject(info: Record<string | symbol, unknown>): void {
  const { message } = info;
  if (typeof message !== 'object' || message === null || isError(message)) return;
  info.message = inspect(message);
  if (!isPlainObject(message)) return;
  for (const [key, value] of Object.entries(fieldsOf(message))) {
    if (!(key in info)) info[key] = value;
  }
}

/** The parts of `logger.info(message, fields, error)`. */
function readInfo(
  info: WinstonInfo,
  isCopied: boolean,
): {
  message: string;
  fields: Record<string, unknown>;
  error: Error | undefined;
  isLoneError: boolean;
} {
  const given = Array.isArray(info[SPLAT]) ? (info[SPLAT] as unknown[]) : [];
  const isLoneError = isError(info);
  const error = isLoneError ? (info as unknown as Error) : given.find(isError);
  const fields = isLoneError ? {} : fieldsOf(info);
  // winston has copied these from it.
  const copied = error === undefined ? [] : Object.keys(error);
  const isCopy = error !== undefined || isCopied;
  for (const key of isCopy ? ['stack', 'cause', ...copied] : []) delete fields[key];
  const first = given[0] as { message?: unknown } | undefined;
  if (first?.message !== undefined && !isError(first)) fields.message = first.message;
  return { message: String(info.message), fields, error, isLoneError };
}

function fieldsOf(info: object): Record<string, unknown> {
  const { level: _, message: __, ...fields } = info as Record<string, unknown>;
  return fields;
}

// Its code is the record's `error.code`.
function fieldsOfError(error: object): object {
  const { code: _, ...fields } = fieldsOf(error);
  return fields;
}

// winston appends the message of what is logged beside a message.
function withoutSecond(message: unknown, second: unknown): unknown {
  if (typeof message !== 'string' || typeof second !== 'string') return message;
  return second !== '' && message.endsWith(` ${second}`)
    ? message.slice(0, -second.length - 1)
    : message;
}

// A child hands on no lone error, but a copy of what it says.
function copiedError({ stack, message }: WinstonInfo, budget: Budget): LoggedException | undefined {
  const exception = typeof stack === 'string' ? exceptionOfText(stack, budget) : undefined;
  return exception && { ...exception, message: String(message) };
}
