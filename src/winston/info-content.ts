import { types } from 'node:util';
import { errorCode, ownErrorKeys, readText } from '../convert/error-parts.js';
import { claimException } from '../convert/exception.js';
import { chosenFields, errorFields } from '../convert/fields.js';
import { isArray, isSame, objectKeys, sliceText, trimText } from '../convert/intrinsics.js';
import { Budget, type Limits } from '../convert/limits.js';
import { toLogValue } from '../convert/log-value.js';
import { dataProperty, isError } from '../convert/objects.js';
import { plainText } from '../convert/plain-text.js';
import type { LogFields, LoggedException, LogValue, SpanIds } from '../log-record.js';
import { exceptionOfStack } from './flat-error.js';
import { type Info, SPLAT } from './info.js';

/** A log call as it came, before the formats. */
export interface LoggedInfo {
  readonly info: Info;
  /** Of the info, which formats change. */
  readonly message: unknown;
  readonly span: SpanIds | undefined;
}

export interface InfoContent {
  readonly body: LogValue | undefined;
  readonly attributes: LogFields | undefined;
  readonly exception: LoggedException | undefined;
  readonly isTruncated: boolean;
  readonly droppedAttributes: number;
}

/** What winston adds to the error of a process: a dozen facts, command line included. */
const CRASH_KEYS = ['exception', 'rejection', 'date', 'process', 'os', 'trace'];
const TRACE_KEYS = ['trace_id', 'span_id', 'trace_flags'];

/** @param formatted What the formats made of it. */
export function readInfo(call: LoggedInfo, formatted: Info, limits: Limits): InfoContent {
  const budget = new Budget(limits, true);
  const error = claimLoggedError(call, formatted, budget);
  const flat = budget.exception === undefined ? exceptionOfStack(formatted, budget) : undefined;
  const exception = budget.exception ?? flat;
  const body = bodyOf(call.message, formatted, exception, budget);
  const attributes = types.isProxy(formatted)
    ? undefined
    : attributesOf({ call, formatted, error, isFlat: flat !== undefined }, budget);
  return {
    body,
    attributes,
    // A field that is an error is found among the others.
    exception: flat ?? budget.exception,
    isTruncated: budget.isTruncated,
    droppedAttributes: budget.droppedAttributes,
  };
}

// An error is what was logged, what came as its message, what came under the usual names, or what
// was handed over besides. Texts, numbers, and objects that only look like errors are none.
function claimLoggedError(call: LoggedInfo, formatted: Info, budget: Budget): Error | undefined {
  const { info, message } = call;
  const error =
    asError(info) ??
    asError(message) ??
    asError(formatted.message) ??
    asError(dataProperty(formatted, 'err')) ??
    asError(dataProperty(formatted, 'error')) ??
    errorAmong(info[SPLAT]);
  if (error !== undefined) claimException(error, budget);
  return error;
}

function asError(value: unknown): Error | undefined {
  return isError(value) ? value : undefined;
}

function errorAmong(splat: unknown): Error | undefined {
  if (!isArray(splat) || types.isProxy(splat)) return undefined;
  for (let i = 0; i < splat.length; i++) if (isError(splat[i])) return splat[i];
  return undefined;
}

function bodyOf(
  logged: unknown,
  { message = logged }: Info,
  exception: LoggedException | undefined,
  budget: Budget,
): LogValue | undefined {
  if (typeof message === 'string') return textBody(message, logged, exception, budget);
  if (isError(message)) return budget.exception?.message;
  return message === undefined ? undefined : toLogValue(message, budget);
}

// Formats for terminals put blanks and colours around it; winston's report of a crash ends in the stack.
function textBody(
  message: string,
  logged: unknown,
  exception: LoggedException | undefined,
  budget: Budget,
): string {
  const text = plainText(budget.longText(message));
  if (text === logged) return text;
  if (typeof logged === 'string' && trimText(text) === trimText(logged)) return logged;
  const stack = exception?.stacktrace;
  return stack === undefined ? text : withoutStack(text, stack);
}

function withoutStack(text: string, stack: string): string {
  const at = text.indexOf(`\n${stack}`);
  return at > 0 ? sliceText(text, 0, at) : text;
}

interface Fields {
  readonly call: LoggedInfo;
  readonly formatted: Info;
  readonly error: Error | undefined;
  readonly isFlat: boolean;
}

function attributesOf(from: Fields, budget: Budget): LogFields | undefined {
  const { call, formatted, error } = from;
  const keys = isError(formatted) ? ownErrorKeys(formatted, budget, true) : objectKeys(formatted);
  let count = 0;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    if (!isToldOtherwise(key, from)) keys[count++] = key;
  }
  keys.length = count;
  const fields = chosenFields(formatted, keys, budget);
  // winston adds the fields of every other error to the info.
  if (error !== undefined && (error === call.message || error === formatted.message)) {
    errorFields(error, budget, fields);
  }
  return fields.keys.length > 0 ? fields : undefined;
}

function isToldOtherwise(key: string, { call, formatted, error, isFlat }: Fields): boolean {
  switch (key) {
    case 'level':
    case 'message':
      return true;
    case 'stack':
      return isFlat || (error !== undefined && isTextOf(error, 'stack', formatted.stack));
    case 'cause':
      if (isFlat) return formatted.cause === undefined || isError(formatted.cause);
      return error !== undefined && isSame(dataProperty(error, 'cause'), formatted.cause);
    case 'code':
      return error !== undefined && errorCode(error) === `${primitive(formatted.code)}`;
    default:
      return isAmong(TRACE_KEYS, key) ? isOfSpan(call.span, formatted) : isOfCrash(key, formatted);
  }
}

function isTextOf(error: Error, key: 'stack', value: unknown): boolean {
  // `format.errors` and winston itself take it as it is.
  return typeof value === 'string' && value === readText(error, key);
}

function primitive(value: unknown): unknown {
  return typeof value === 'object' ? undefined : typeof value === 'symbol' ? undefined : value;
}

// Put there by an instrumentation, for those who read the output.
function isOfSpan(span: SpanIds | undefined, { trace_id: traceId }: Info): boolean {
  return span !== undefined && span.traceId === traceId;
}

function isOfCrash(key: string, { exception, rejection, trace }: Info): boolean {
  return (exception === true || rejection === true) && isArray(trace) && isAmong(CRASH_KEYS, key);
}

function isAmong(list: readonly string[], key: string): boolean {
  for (let i = 0; i < list.length; i++) if (list[i] === key) return true;
  return false;
}
