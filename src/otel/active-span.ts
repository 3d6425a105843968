import type { Context } from '@opentelemetry/api';
import { execPattern } from '../convert/intrinsics.js';
import type { SpanIds } from '../log-record.js';
import type { ApiSlot } from './api-slot.js';

// `createContextKey()` of every 1.x api is `Symbol.for()` of its description, so this key opens
// contexts of any of them.
// https://github.com/open-telemetry/opentelemetry-js/blob/api/v1.9.0/api/src/trace/context-utils.ts
const SPAN_KEY = Symbol.for('OpenTelemetry Context Key SPAN');

const TRACE_ID = /^(?!0{32})[0-9a-f]{32}$/;
const SPAN_ID = /^(?!0{16})[0-9a-f]{16}$/;

// Most records in a row belong to one span, and comparing a string with itself costs nothing.
let lastTraceId: unknown;
let lastSpanId: unknown;

/** The ids of the span that is active in the application's own tracing, whichever api version it uses. */
export function readActiveSpan(slot: Pick<ApiSlot, 'registered'>): SpanIds | undefined {
  try {
    return spanIdsOf(slot.registered?.context?.active());
  } catch {
    // A broken context manager is the application's; the record goes without a span.
    return undefined;
  }
}

/**
 * The ids of the span in a context of any api version; undefined if there is none, or none that is
 * valid, or one of the application's own making that throws.
 */
export function spanIdsOf(context: Context | undefined): SpanIds | undefined {
  try {
    const span = context?.getValue(SPAN_KEY);
    if (span === undefined) return undefined;

    const ids = (span as { spanContext(): unknown }).spanContext();
    return isSpanIds(ids) ? ids : undefined;
  } catch {
    return undefined;
  }
}

/** Whether both ids are valid, non-zero and in lower case, as the encoder needs them. */
export function isSpanIds(value: unknown): value is SpanIds {
  if (typeof value !== 'object' || value === null) return false;
  const { traceId, spanId, traceFlags } = value as Partial<SpanIds>;
  if (typeof traceFlags !== 'number') return false;
  if (traceId === lastTraceId && spanId === lastSpanId) return true;
  if (typeof traceId !== 'string' || typeof spanId !== 'string') return false;
  if (execPattern(TRACE_ID, traceId) === null || execPattern(SPAN_ID, spanId) === null)
    return false;

  lastTraceId = traceId;
  lastSpanId = spanId;
  return true;
}
