import type { SpanIds } from '../log-record.js';

// Version 00, or a later one, which begins alike.
// https://www.w3.org/TR/trace-context/#versioning-of-traceparent
const TRACE_PARENT =
  /^(?!ff)([\da-f]{2})-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})(-.*)?$/;

export function formatTraceParent({ traceId, spanId, traceFlags }: SpanIds): string {
  const flags = (traceFlags & 0xff).toString(16).padStart(2, '0');
  return `00-${traceId}-${spanId}-${flags}`;
}

/** undefined for what is none. */
export function parseTraceParent(text: unknown): SpanIds | undefined {
  if (typeof text !== 'string') return undefined;
  const [, version, traceId, spanId, flags, more] = TRACE_PARENT.exec(text.trim()) ?? [];
  if (traceId === undefined || (version === '00' && more !== undefined)) return undefined;
  return { traceId, spanId: spanId!, traceFlags: Number.parseInt(flags!, 16) };
}
