import type { CallSite } from './call-sites/call-site.js';
import type { NoiseRequest } from './noise/noise-request.js';
import type { SeverityNumber } from './severity.js';

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
  readonly version?: string;
  readonly schemaUrl?: string;
  readonly attributes?: LogFields;
}

/** What a thrown value says about itself, as the `exception.*` conventions name it. */
export interface LoggedException {
  readonly type: string;
  readonly message: string;
  /** With its chain of causes. */
  readonly stacktrace?: string;
  /** `err.code`, for instance `ECONNREFUSED`. */
  readonly code?: string;
}

/**
 * The one shape all bridges make, and the encoder reads. Plain data: it knows nothing of transport.
 * What is not `readonly` may change on the record path, where each record has one holder at a time.
 */
export interface LogRecord {
  readonly scope: Scope;
  /** Nanoseconds since the Unix epoch, as two unsigned 32-bit halves: a number cannot hold them. */
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
  droppedAttributes?: number;
  /** Something was cut to fit the limits. */
  isTruncated?: boolean;
  /**
   * Our function that the program called: it is still on the stack, its caller below it. Null if the
   * program did not call at all, as for an error that nobody caught; undefined if it is not known.
   */
  readonly callee?: AnyFunction | null | undefined;
  /** Where it was logged, if somebody wanted to know: see `noteCallSite`. */
  callSite?: CallSite | undefined;
  /** What a rule wants done if there is too much of it. */
  noise?: NoiseRequest | undefined;
}
