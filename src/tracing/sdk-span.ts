import type { HrTime, SpanContext } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { TracesConfig } from '../config/traces.js';
import { readFields } from '../convert/fields.js';
import { toText, weakMapGet, weakMapSet } from '../convert/intrinsics.js';
import { Budget } from '../convert/limits.js';
import type { LogFields, Scope } from '../log-record.js';
import { isSpanIds } from '../otel/active-span.js';
import { splitHrTime } from '../otel/sdk-log-record.js';
import type { SpanEvent, SpanLink, SpanRecord } from '../pipeline/span-record.js';

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
    name: toText(span.name),
    // The SDK counts from 0, OTLP keeps 0 for "unknown".
    kind: span.kind + 1,
    start: splitHrTime(span.startTime),
    end: splitHrTime(span.endTime),
    attributes: fieldsOf(span.attributes, limits),
    droppedAttributes: span.droppedAttributesCount,
    events: eventsOf(span, limits),
    droppedEvents: span.droppedEventsCount,
    links: linksOf(span, limits),
    droppedLinks: span.droppedLinksCount,
    statusCode: status.code,
    statusMessage: typeof status.message === 'string' ? status.message : undefined,
  };
}

function eventsOf({ events }: ReadableSpan, limits: Limits): SpanEvent[] {
  const own: SpanEvent[] = [];
  for (let i = 0; i < events.length; i++) {
    const { name, time, attributes, droppedAttributesCount = 0 } = events[i]!;
    own[i] = {
      name: toText(name),
      time: splitHrTime(time as HrTime),
      attributes: fieldsOf(attributes, limits),
      droppedAttributes: droppedAttributesCount,
    };
  }
  return own;
}

function linksOf({ links }: ReadableSpan, limits: Limits): SpanLink[] {
  const own: SpanLink[] = [];
  for (let i = 0; i < links.length; i++) {
    const { context, attributes, droppedAttributesCount = 0 } = links[i]!;
    if (!isSpanIds(context)) continue;
    own[own.length] = {
      span: context,
      isRemote: context.isRemote === true,
      traceState: serialized(context),
      attributes: fieldsOf(attributes, limits),
      droppedAttributes: droppedAttributesCount,
    };
  }
  return own;
}

function fieldsOf(attributes: object | undefined, limits: Limits): LogFields {
  const { maxSpanAttributes: maxAttributes, maxSpanValueLength: maxValueLength } = limits;
  return readFields(attributes ?? {}, new Budget({ maxAttributes, maxValueLength }));
}

function serialized({ traceState }: SpanContext): string | undefined {
  return traceState?.serialize();
}

function scopeOf(sdkScope: ReadableSpan['instrumentationScope']): Scope {
  const known = weakMapGet(scopes, sdkScope) as Scope | undefined;
  if (known !== undefined) return known;

  const { name, version, schemaUrl } = sdkScope;
  const scope: Scope = {
    name: toText(name),
    ...(typeof version === 'string' && { version }),
    ...(typeof schemaUrl === 'string' && { schemaUrl }),
  };
  weakMapSet(scopes, sdkScope, scope);
  return scope;
}
