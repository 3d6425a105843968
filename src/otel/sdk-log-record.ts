import type { HrTime } from '@opentelemetry/api';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { LogRecord, Scope, SpanIds } from '../log-record.js';
import { FATAL, type SeverityNumber, severityText } from '../severity.js';
import { isSpanIds } from './active-span.js';
import { toLogFields, toLogValue } from './any-value.js';

const NANOSECONDS_PER_SECOND = 1_000_000_000;
const TWO_TO_32 = 2 ** 32;

/** Same scope, same object: the encoder writes a scope once per object. */
const scopes = new WeakMap<object, Scope>();

/** The SDK's record as ours. What it holds is copied: the SDK's stays writable. */
export function fromSdkLogRecord(
  record: Omit<ReadableLogRecord, 'resource'>,
  span: SpanIds | undefined,
): LogRecord {
  const time = splitHrTime(record.hrTime);
  const severityNumber = severityOf(record.severityNumber);
  const attributes = toLogFields(record.attributes);

  return {
    scope: scopeOf(record.instrumentationScope),
    timeUnixNanoHigh: time.high,
    timeUnixNanoLow: time.low,
    severityNumber,
    severityText: textOf(record.severityText) ?? severityText(severityNumber),
    body: toLogValue(record.body),
    attributes: attributes.keys.length > 0 ? attributes : undefined,
    span: isSpanIds(record.spanContext) ? record.spanContext : span,
    eventName: textOf(record.eventName),
    droppedAttributes: record.droppedAttributesCount,
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

function scopeOf(sdkScope: ReadableLogRecord['instrumentationScope']): Scope {
  const known = scopes.get(sdkScope);
  if (known) return known;

  const version = textOf(sdkScope.version);
  const schemaUrl = textOf(sdkScope.schemaUrl);
  const attributes = toLogFields(sdkScope.attributes ?? {});
  const scope: Scope = {
    name: String(sdkScope.name),
    ...(version !== undefined && { version }),
    ...(schemaUrl !== undefined && { schemaUrl }),
    ...(attributes.keys.length > 0 && { attributes }),
  };
  scopes.set(sdkScope, scope);
  return scope;
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
