import type { HrTime } from '@opentelemetry/api';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { readFields } from '../convert/fields.js';
import {
  floor,
  hasOwn,
  isSafeInteger,
  toText,
  weakMapGet,
  weakMapSet,
} from '../convert/intrinsics.js';
import { Budget, type Limits } from '../convert/limits.js';
import { toLogValue } from '../convert/log-value.js';
import {
  type LogRecord,
  type LogValue,
  newRecord,
  type Scope,
  type SpanIds,
} from '../log-record.js';
import { FATAL, type SeverityNumber } from '../severity.js';
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

  const made = newRecord({
    scope: scopeOf(record.instrumentationScope, limits),
    severityNumber,
    at: {
      timeHigh: time.high,
      timeLow: time.low,
      span: isSpanIds(record.spanContext) ? record.spanContext : span,
      callee: undefined,
    },
    content: {
      body,
      attributes: attributes.keys.length > 0 ? attributes : undefined,
      exception: undefined,
      isTruncated: budget.isTruncated,
      droppedAttributes: record.droppedAttributesCount,
    },
  });
  made.severityText = textOf(record.severityText) ?? made.severityText;
  made.eventName = textOf(record.eventName);
  return made;
}

/**
 * Nanoseconds of an `[seconds, nanoseconds]` pair as two unsigned 32-bit halves, without a bigint.
 * A time before 1970 or after 2106 is 0, OTLP's "unknown".
 */
export function splitHrTime({ 0: seconds, 1: nanoseconds }: HrTime): { high: number; low: number } {
  const wholeSeconds = seconds + floor(nanoseconds / NANOSECONDS_PER_SECOND);
  const restNs = floor(nanoseconds) % NANOSECONDS_PER_SECOND;
  if (!(wholeSeconds >= 0 && wholeSeconds < TWO_TO_32 && restNs >= 0)) return { high: 0, low: 0 };

  // 10⁹ is 1,953,125 × 2⁹: the first product stays below 2⁵³, and the shift by 9 is exact.
  const shifted = floor(wholeSeconds) * 1_953_125;
  const low = (shifted % 2 ** 23) * 512 + restNs;
  const carry = floor(low / TWO_TO_32);
  return { high: floor(shifted / 2 ** 23) + carry, low: low - carry * TWO_TO_32 };
}

function scopeOf(sdkScope: ReadableLogRecord['instrumentationScope'], limits: Limits): Scope {
  const known = weakMapGet(scopes, sdkScope) as Scope | undefined;
  if (known !== undefined) return known;

  const version = textOf(sdkScope.version);
  const schemaUrl = textOf(sdkScope.schemaUrl);
  // The SDK leaves the key out: what there is then was added to all objects.
  const given = hasOwn(sdkScope, 'attributes') ? sdkScope.attributes : undefined;
  const attributes = readFields(given ?? {}, new Budget(limits));
  const scope: Scope = {
    name: toText(sdkScope.name),
    version,
    schemaUrl,
    attributes: attributes.keys.length > 0 ? attributes : undefined,
  };
  weakMapSet(scopes, sdkScope, scope);
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
  const isKnown = isSafeInteger(value) && (value as number) >= 0 && (value as number) <= FATAL + 3;
  return isKnown ? (value as number) : 0;
}
