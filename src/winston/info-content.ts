import { types } from 'node:util';
import { errorCode, ownErrorKeys, readText } from '../convert/error-parts.js';
import { claimException } from '../convert/exception.js';
import { chosenFields, errorFields } from '../convert/fields.js';
import {
  indexOfText,
  isArray,
  isSame,
  objectKeys,
  sliceText,
  trimText,
} from '../convert/intrinsics.js';
import { Budget, type Limits } from '../convert/limits.js';
import { toLogValue } from '../convert/log-value.js';
import { dataProperty, isError } from '../convert/objects.js';
import { plainText } from '../convert/plain-text.js';
import type { LogFields, LoggedException, LogValue, SpanIds } from '../log-record.js';
import { exceptionOfStack } from './flat-error.js';
import { type Info, SPLAT } from './info.js';
import { asError, namedError, tellsOf } from './named-error.js';

/** A log call as it came, before the formats. */
export interface LoggedInfo {
  readonly info: Info;
  /** Of the info, which formats change. */
  readonly message: unknown;
  /** The first one handed over besides, which `format.splat` takes away. */
  readonly splatError: Error | undefined;
  /** The one by a usual name, of which formats make something else. */
  readonly namedError: Error | undefined;
  readonly span: SpanIds | undefined;
}

export interface InfoContent {
  readonly body: LogValue | undefined;
  readonly attributes: LogFields | undefined;
  readonly exception: LoggedException | undefined;
  readonly isTruncated: boolean;
  readonly droppedAttributes: number;
}

const NOTHING: Info = {};
/** What winston adds to the error of a process: a dozen facts, command line included. */
const REPORT_KEYS = ['exception', 'rejection', 'date', 'process', 'os', 'trace'];
const TRACE_KEYS = ['trace_id', 'span_id', 'trace_flags'];

/** @param formatted What the formats made of it. */
export function readInfo(call: LoggedInfo, formatted: Info, limits: Limits): InfoContent {
  const budget = new Budget(limits, true);
  const isProxy = types.isProxy(formatted);
  const error = claimLoggedError(call, isProxy ? NOTHING : formatted, budget);
  const flat =
    budget.exception === undefined && !isProxy ? exceptionOfStack(formatted, budget) : undefined;
  const exception = budget.exception ?? flat;
  const isReport = isReportOfCrash(formatted);
  const body = bodyOf(call.message, formatted, isReport ? exception : undefined, budget);
  const attributes = isProxy
    ? undefined
    : attributesOf({ call, formatted, error, isFlat: flat !== undefined, isReport }, budget);
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
    namedError(formatted) ??
    call.splatError ??
    stillTold(call.namedError, formatted);
  if (error !== undefined) claimException(error, budget);
  return error;
}

function stillTold(error: Error | undefined, formatted: Info): Error | undefined {
  return error !== undefined && tellsOf(formatted, error) ? error : undefined;
}

/** The first Error that was logged behind the message. */
export function errorInSplat({ [SPLAT]: splat }: Info): Error | undefined {
  if (!isArray(splat) || types.isProxy(splat)) return undefined;
  for (let i = 0; i < splat.length; i++) {
    const error = asError(splat[i]);
    if (error !== undefined) return error;
  }
  return undefined;
}

function bodyOf(
  logged: unknown,
  formatted: Info,
  report: LoggedException | undefined,
  budget: Budget,
): LogValue | undefined {
  const { message = logged } = formatted;
  if (typeof message === 'string') {
    const text = textBody(message, logged, budget);
    return report === undefined ? text : withoutStack(text, report.stacktrace);
  }
  if (isError(message)) return budget.exception?.message;
  return message === undefined ? undefined : toLogValue(message, budget);
}

// Formats for terminals put blanks and colours around it.
function textBody(message: string, logged: unknown, budget: Budget): string {
  const text = plainText(budget.longText(message));
  const isSpaced = text !== logged && typeof logged === 'string';
  return isSpaced && trimText(text) === trimText(logged) ? logged : text;
}

// winston's report of a crash ends in the stack.
function withoutStack(text: string, stack: string | undefined): string {
  const at = stack === undefined ? -1 : indexOfText(text, `\n${stack}`);
  return at > 0 ? sliceText(text, 0, at) : text;
}

interface Fields {
  readonly call: LoggedInfo;
  readonly formatted: Info;
  readonly error: Error | undefined;
  readonly isFlat: boolean;
  readonly isReport: boolean;
}

function attributesOf(from: Fields, budget: Budget): LogFields | undefined {
  const { call, formatted, error } = from;
  const isPlain = error === undefined && !from.isFlat && !from.isReport && call.span === undefined;
  const keys = isError(formatted) ? ownErrorKeys(formatted, budget, true) : objectKeys(formatted);
  let count = 0;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    const isTold = isPlain ? key === 'level' || key === 'message' : isToldOtherwise(key, from);
    if (!isTold) keys[count++] = key;
  }
  keys.length = count;
  const fields = chosenFields(formatted, keys, budget);
  // winston adds the fields of every other error to the info.
  if (error !== undefined && (error === call.message || error === formatted.message)) {
    errorFields(error, budget, fields);
  }
  return fields.keys.length > 0 ? fields : undefined;
}

function isToldOtherwise(
  key: string,
  { call, formatted, error, isFlat, isReport }: Fields,
): boolean {
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
      return isAmong(TRACE_KEYS, key)
        ? isOfSpan(call.span, formatted)
        : isReport && isOfReport(key, formatted);
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

function isOfReport(key: string, formatted: Info): boolean {
  return isAmong(REPORT_KEYS, key) || (key === 'error' && isError(formatted.error));
}

/** Whether winston made it of an error that nobody caught. */
function isReportOfCrash({ exception, rejection, trace }: Info): boolean {
  return (exception === true || rejection === true) && isArray(trace);
}

function isAmong(list: readonly string[], key: string): boolean {
  for (let i = 0; i < list.length; i++) if (list[i] === key) return true;
  return false;
}
