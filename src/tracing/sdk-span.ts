import type { HrTime, SpanContext } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { TracesConfig } from '../config/traces.js';
import { readFields } from '../convert/fields.js';
import { Budget } from '../convert/limits.js';

import type { LogFields, Scope } from '../log-record.js';
import { isSpanIds } from '../otel/active-span.js';
import { splitHrTime } from '../otel/sdk-log-record.js';
import type { SpanRecord } from '../pipeline/span-record.js';

type Limits = Pick<TracesConfig, 'maxSpanAttributes' | 'maxSpanValueLength'>;

/** Same scope, same object: the encoder writes a scope once per object. */
const scopes = new WeakMap<object, Scope>();

/** The SDK's span as ours. */
export function fromSdkSpan(span: ReadableSpan, limits: Limits): SpanRecord {
  const { parentSpanContext: parent, status } = span;
  const own = span.spanContext();
  return {
    scope: scopeOf(span.instrumentationScope),
    span: own,
    traceState: serialized(own),
    parentSpanId: isSpanIds(parent) ? parent.spanId : undefined,
    isParentRemote: parent?.isRemote === true,
    name: String(span.name),
    // The SDK counts from 0, OTLP keeps 0 for "unknown".
    kind: span.kind + 1,
    start: splitHrTime(span.startTime),
    end: splitHrTime(span.endTime),
    attributes: fieldsOf(span.attributes, limits),
    droppedAttributes: span.droppedAttributesCount,
    events: span.events.map(({ name, time, attributes, droppedAttributesCount = 0 }) => ({
      name: String(name),
      time: splitHrTime(time as HrTime),
      attributes: fieldsOf(attributes, limits),
      droppedAttributes: droppedAttributesCount,
    })),
    droppedEvents: span.droppedEventsCount,
    links: span.links
      .filter(({ context }) => isSpanIds(context))
      .map(({ context, attributes, droppedAttributesCount = 0 }) => ({
        span: context,
        isRemote: context.isRemote === true,
        traceState: serialized(context),
        attributes: fieldsOf(attributes, limits),
        droppedAttributes: droppedAttributesCount,
      })),
    droppedLinks: span.droppedLinksCount,
    statusCode: status.code,
    statusMessage: typeof status.message === 'string' ? status.message : undefined,
  };
}

function fieldsOf(attributes: object | undefined, limits: Limits): LogFields {
  const { maxSpanAttributes: maxAttributes, maxSpanValueLength: maxValueLength } = limits;
  return readFields(attributes ?? {}, new Budget({ maxAttributes, maxValueLength }));
}

function serialized({ traceState }: SpanContext): string | undefined {
  return traceState?.serialize();
}

function scopeOf(sdkScope: ReadableSpan['instrumentationScope']): Scope {
  const known = scopes.get(sdkScope);
  if (known) return known;

  const { name, version, schemaUrl } = sdkScope;
  const scope: Scope = {
    name: String(name),
    ...(typeof version === 'string' && { version }),
    ...(typeof schemaUrl === 'string' && { schemaUrl }),
  };
  scopes.set(sdkScope, scope);
  return scope;
}
