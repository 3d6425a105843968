import { type Context, createContextKey, trace } from '@opentelemetry/api';

const CAME_WITH = createContextKey('@emp/otel-register: traceparent of the request served');

/** Notes which header `traceparent` the request had that is served in that context. */
export function noteCameWith(context: Context, traceParent: unknown): Context {
  return typeof traceParent === 'string' ? context.setValue(CAME_WITH, traceParent) : context;
}

/**
 * Whether a request that has a header `traceparent` when it is made belongs to the trace that goes on
 * here, and not to somebody else's: a reverse proxy passes on the headers of the request it serves,
 * and a program may have injected the active span. A tracer of its own would have made another span.
 */
export function isOwnTrace(context: Context, traceParent: string | undefined): boolean {
  if (traceParent === undefined) return false;
  if (context.getValue(CAME_WITH) === traceParent) return true;
  const span = trace.getSpanContext(context);
  return span !== undefined && traceParent.includes(`-${span.traceId}-${span.spanId}-`);
}
