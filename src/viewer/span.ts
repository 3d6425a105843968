import type { ReceivedSpan } from '../receiver/received-span.js';
import type { ViewedSpan } from './api.js';
import { type Attributes, toAttributes, toStorable } from './attributes.js';
import { presentId, textOf } from './entry.js';

/** A span as it is kept. */
export type Span = Omit<ViewedSpan, 'attributes'> & {
  /** JSON. */
  readonly attributes: string;
};

const NO_SPAN = '0'.repeat(16);

export function toSpan(span: ReceivedSpan): Span {
  const { traceId, spanId, name, kind, statusCode } = span;
  return {
    traceId,
    spanId,
    parentSpanId: presentId(span.parentSpanId, NO_SPAN),
    name: toStorable(name),
    kind,
    startUnixNano: String(span.startTimeUnixNano),
    endUnixNano: String(span.endTimeUnixNano),
    statusCode,
    service: textOf(span.resource['service.name']),
    attributes: JSON.stringify(toAttributes(span.attributes)),
  };
}

export function toViewedSpan(span: Span): ViewedSpan {
  return { ...span, attributes: JSON.parse(span.attributes) as Attributes };
}
