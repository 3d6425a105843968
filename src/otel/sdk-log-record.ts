import type { HrTime } from '@opentelemetry/api';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { readFields } from '../convert/fields.js';
import { Budget, type Limits } from '../convert/limits.js';
import { toLogValue } from '../convert/log-value.js';
import type { LogRecord, LogValue, Scope, SpanIds } from '../log-record.js';
import { FATAL, type SeverityNumber, severityText } from '../severity.js';
import { isSpanIds } from './active-span.js';

const NANOSECONDS_PER_SECOND = 1_000_000_000;
const TWO_TO_32 = 2 ** 32;

/** Same scope, same object: the encoder writes a scope once per object. */
const scopes = new WeakMap<object, Scope>();

/** The SDK's record as ours. What it holds is copied: the SDK's stays writable. */
export function fromSdkLogRecord(
  record: Omit<ReadableLogRecord, 'resource'>,
  span: SpanIds | undefined,
  limits: Limits,
): LogRecord {
  const budget = new Budget(limits);
  const time = splitHrTime(record.hrTime);
  const severityNumber = severityOf(record.severityNumber);
  const attributes = readFields(record.attributes, budget);
  const body = bodyOf(record.body, budget);

  return {
    scope: scopeOf(record.instrumentationScope, limits),
    timeUnixNanoHigh: time.high,
    timeUnixNanoLow: time.low,
    severityNumber,
    severityText: textOf(record.severityText) ?? severityText(severityNumber),
    body,
    attributes: attributes.keys.length > 0 ? attributes : undefined,
    span: isSpanIds(record.spanContext) ? record.spanContext : span,
    eventName: textOf(record.eventName),
    droppedAttributes: record.droppedAttributesCount,
    ...(budget.isTruncated && { isTruncated: true }),
  };
}

/**
 * Nanoseconds of an `[seconds, nanoseconds]` pair as two unsigned 32-bit halves, without a bigint.
 * A time before 1970 or after 2106 is 0, OTLP's "unknown".
 */
export function splitHrTime([seconds, nanoseconds]: HrTime): { high: number; low: number } {
  const wholeSeconds = seconds + Math.floor(nanoseconds / NANOSECONDS_PER_SECOND);
  const restNs = Math.floor(nanoseconds) % NANOSECONDS_PER_SECOND;
  if (!(wholeSeconds >= 0 && wholeSeconds < TWO_TO_32 && restNs >= 0)) return { high: 0, low: 0 };

  // 10⁹ is 1,953,125 × 2⁹: the first product stays below 2⁵³, and the shift by 9 is exact.
  const shifted = Math.floor(wholeSeconds) * 1_953_125;
  const low = (shifted % 2 ** 23) * 512 + restNs;
  const carry = Math.floor(low / TWO_TO_32);
  return { high: Math.floor(shifted / 2 ** 23) + carry, low: low - carry * TWO_TO_32 };
}

function scopeOf(sdkScope: ReadableLogRecord['instrumentationScope'], limits: Limits): Scope {
  const known = scopes.get(sdkScope);
  if (known) return known;

  const version = textOf(sdkScope.version);
  const schemaUrl = textOf(sdkScope.schemaUrl);
  const attributes = readFields(sdkScope.attributes ?? {}, new Budget(limits));
  const scope: Scope = {
    name: String(sdkScope.name),
    ...(version !== undefined && { version }),
    ...(schemaUrl !== undefined && { schemaUrl }),
    ...(attributes.keys.length > 0 && { attributes }),
  };
  scopes.set(sdkScope, scope);
  return scope;
}

function bodyOf(body: unknown, budget: Budget): LogValue | undefined {
  if (body === undefined) return undefined;
  return typeof body === 'string' ? budget.longText(body) : toLogValue(body, budget);
}

// The SDK passes on what JavaScript callers gave it, whatever its type.
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function severityOf(value: unknown): SeverityNumber {
  const isKnown =
    Number.isInteger(value) && (value as number) >= 0 && (value as number) <= FATAL + 3;
  return isKnown ? (value as number) : 0;
}
