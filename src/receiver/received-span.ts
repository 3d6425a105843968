import { type PlainFields, toHex, toPlainFields, toUnsigned } from './any-value.js';
import { readTraceRequest, type WireSpan, type WireTraceRequest } from './otlp-messages.js';
import { type ReceivedScope, toScope } from './received-log.js';

/** One span as it arrived, without its events and links. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** An empty string for a root span. */
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: bigint;
  readonly endTimeUnixNano: bigint;
  readonly attributes: PlainFields;
  readonly statusCode: number;
  readonly scope: ReceivedScope;
  readonly resource: PlainFields;
}

/** Throws if the bytes are not an `ExportTraceServiceRequest`. */
export function decodeSpans(body: Uint8Array): ReceivedSpan[] {
  return spansOf(readTraceRequest(body));
}

export function spansOf({ resourceSpans }: WireTraceRequest): ReceivedSpan[] {
  const received: ReceivedSpan[] = [];
  for (const { resource: wireResource, scopeSpans } of resourceSpans) {
    const resource = toPlainFields(wireResource?.attributes ?? []);
    for (const { scope: wireScope, spans } of scopeSpans) {
      const scope = toScope(wireScope);
      for (const span of spans) received.push(toSpan(span, scope, resource));
    }
  }
  return received;
}

function toSpan(span: WireSpan, scope: ReceivedScope, resource: PlainFields): ReceivedSpan {
  return {
    traceId: toHex(span.traceId),
    spanId: toHex(span.spanId),
    parentSpanId: toHex(span.parentSpanId),
    name: span.name,
    kind: span.kind,
    startTimeUnixNano: toUnsigned(span.startTimeUnixNano),
    endTimeUnixNano: toUnsigned(span.endTimeUnixNano),
    attributes: toPlainFields(span.attributes),
    statusCode: span.status?.code ?? 0,
    scope,
    resource,
  };
}
