import type { CallSite } from './call-sites/call-site.js';
import { isArray, isBufferView } from './convert/intrinsics.js';
import type { NoiseRequest } from './noise/noise-request.js';
import { type SeverityNumber, severityText } from './severity.js';

export type AnyFunction = (...args: never[]) => unknown;

/**
 * A value as OTLP's `AnyValue` can carry it. Producing one is the only place where a user's own
 * objects are looked at: what comes out is detached from them.
 */
export type LogValue =
  | string
  | number
  | boolean
  | bigint
  | null
  | Uint8Array
  | readonly LogValue[]
  | LogFields;

/**
 * Named values in order. Two lists and not a Map: filling a Map costs more than encoding it, and no
 * key (`__proto__` included) is special here either. Whoever fills it keeps the keys unique.
 */
export class LogFields {
  readonly keys: string[];
  readonly values: LogValue[];

  constructor(keys: string[] = [], values: LogValue[] = []) {
    this.keys = keys;
    this.values = values;
  }

  add(key: string, value: LogValue): void {
    // Not `push`: this runs while the application may have replaced it.
    this.keys[this.keys.length] = key;
    this.values[this.values.length] = value;
  }
}

/**
 * Whether a value is named values. Never by the class: each bundle has a copy of its own, and the
 * bundle that reads a record is not always the one that made it.
 */
export function isLogFields(value: LogValue | undefined): value is LogFields {
  return typeof value === 'object' && value !== null && !isArray(value) && !isBufferView(value);
}

/** The span a record belongs to, as `SpanContext` of `@opentelemetry/api` has it. */
export interface SpanIds {
  /** 32 lower-case hexadecimal digits. */
  readonly traceId: string;
  /** 16 lower-case hexadecimal digits. */
  readonly spanId: string;
  readonly traceFlags: number;
}

/** Who made the record: OTLP's `InstrumentationScope`. */
export interface Scope {
  readonly name: string;
  readonly version?: string | undefined;
  readonly schemaUrl?: string | undefined;
  readonly attributes?: LogFields | undefined;
}

/** What a thrown value says about itself, as the `exception.*` conventions name it. */
export interface LoggedException {
  readonly type: string;
  readonly message: string;
  /** With its chain of causes. */
  readonly stacktrace?: string | undefined;
  /** `err.code`, for instance `ECONNREFUSED`. */
  readonly code?: string | undefined;
}

/**
 * The one shape all bridges make, and the encoder reads. Plain data: it knows nothing of transport.
 * What is not `readonly` may change on the record path, where each record has one holder at a time.
 *
 * Who makes one gives it every key, optional ones as undefined: what it lacks it would take from an
 * `Object.prototype` that the program has added to.
 */
export interface LogRecord {
  readonly scope: Scope;
  /** Nanoseconds since the Unix epoch, as two 32-bit halves, the lower with or without a sign: see `Clock`. */
  readonly timeUnixNanoHigh: number;
  readonly timeUnixNanoLow: number;
  /** 0 when the source did not say. */
  severityNumber: SeverityNumber;
  severityText: string;
  body: LogValue | undefined;
  attributes: LogFields | undefined;
  exception?: LoggedException | undefined;
  /** The console method that was called. */
  readonly method?: string | undefined;
  readonly iostream?: 'stdout' | 'stderr' | undefined;
  readonly span?: SpanIds | undefined;
  readonly eventName?: string | undefined;
  /** Attributes that did not fit the limit. */
  droppedAttributes?: number | undefined;
  /** Something was cut to fit the limits. */
  isTruncated?: boolean | undefined;
  /**
   * Our function that the program called: it is still on the stack, its caller below it. Null if the
   * program did not call at all, as for an error that nobody caught; undefined if it is not known.
   */
  readonly callee?: AnyFunction | null | undefined;
  /** Where it was logged, if somebody wanted to know: see `noteCallSite`. */
  callSite?: CallSite | undefined;
  /** By the index of an attribute, the name it had before a rule renamed it. */
  formerKeys?: (string | undefined)[] | undefined;
  /** What a rule wants done if there is too much of it. */
  noise?: NoiseRequest | undefined;
}

/** A record that is being made: every key is there. */
export type DraftRecord = {
  -readonly [Key in keyof Required<LogRecord>]: LogRecord[Key];
};

/** What was logged. */
export interface LoggedContent {
  readonly body: LogValue | undefined;
  readonly attributes: LogFields | undefined;
  readonly exception: LoggedException | undefined;
  readonly isTruncated: boolean | undefined;
  readonly droppedAttributes: number | undefined;
}

/** When it was logged, and within what. */
export interface LoggedAt {
  readonly timeHigh: number;
  readonly timeLow: number;
  readonly span: SpanIds | undefined;
  readonly callee: AnyFunction | null | undefined;
}

export interface RecordParts {
  readonly scope: Scope;
  readonly severityNumber: SeverityNumber;
  readonly at: LoggedAt;
  readonly content: LoggedContent;
}

/**
 * A record of these parts, and of nothing more. Its keys are in one order, that of the literal for the
 * console in console/record.ts: so V8 has one shape for all records, here and where they are read. What
 * is spread, and then overwritten, has none (7 µs, Node 20).
 */
export function newRecord({ scope, severityNumber, at, content }: RecordParts): DraftRecord {
  return {
    scope,
    timeUnixNanoHigh: at.timeHigh,
    timeUnixNanoLow: at.timeLow,
    severityNumber,
    severityText: severityText(severityNumber),
    body: content.body,
    attributes: content.attributes,
    exception: content.exception,
    method: undefined,
    iostream: undefined,
    span: at.span,
    eventName: undefined,
    isTruncated: content.isTruncated,
    droppedAttributes: content.droppedAttributes,
    callee: at.callee,
    callSite: undefined,
    formerKeys: undefined,
    noise: undefined,
  };
}

/** A scope that has a name alone. */
export function namedScope(name: string): Scope {
  return { name, version: undefined, schemaUrl: undefined, attributes: undefined };
}
