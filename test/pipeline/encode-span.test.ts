import {
  context,
  type HrTime,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { TraceState } from '@opentelemetry/core';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { emptyResource } from '@opentelemetry/resources';
import { type ReadableSpan, TracerProvider } from '@opentelemetry/sdk-trace';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeScope, maxScopeBytes } from '../../src/pipeline/encode.js';
import { encodeSpan, maxSpanBytes } from '../../src/pipeline/encode-span.js';
import { ProtobufWriter } from '../../src/pipeline/protobuf-writer.js';
import { readTraceRequest } from '../../src/receiver/otlp-messages.js';
import { fromSdkSpan } from '../../src/tracing/sdk-span.js';
import { encodeBatch } from '../helpers/log-records.js';

const test = suite('pipeline/encode-span');

const LIMITS = { maxSpanAttributes: 128, maxSpanValueLength: 8192 };
const TIME: HrTime = [1_700_000_000, 123_456_789];

const ended: ReadableSpan[] = [];
const tracer = new TracerProvider({
  resource: emptyResource(),
  spanLimits: { eventCountLimit: 2, linkCountLimit: 1, attributeCountLimit: 8 },
  spanProcessors: [
    {
      onStart() {},
      onEnd: span => void ended.push(span),
      forceFlush: async () => {},
      shutdown: async () => {},
    },
  ],
}).getTracer('billing', '1.2.3', { schemaUrl: 'https://example.com/1' });

const REMOTE = trace.setSpanContext(ROOT_CONTEXT, {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: 1,
  isRemote: true,
  traceState: new TraceState('vendor=1,other=2'),
});

const SPANS: Readonly<Record<string, () => void>> = {
  'a root span with nothing in it': () => tracer.startSpan('plain', {}, ROOT_CONTEXT).end(),
  'a child of a remote span': () =>
    tracer.startSpan('child', { kind: SpanKind.SERVER, startTime: TIME }, REMOTE).end(TIME),
  'a child of a local span': () => {
    const parent = tracer.startSpan('parent', {}, ROOT_CONTEXT);
    tracer.startSpan('child', { kind: SpanKind.CLIENT }, trace.setSpan(ROOT_CONTEXT, parent)).end();
  },
  'attributes of each kind, and more than may be': () => {
    const attributes = { s: 'é€😀', i: -5, f: 0.5, b: true, l: ['a', 'b'], e: '', k: [1, 2], n: 1 };
    tracer.startSpan('attributes', { attributes: { ...attributes, more: 1, most: 2 } }).end();
  },
  'events and links, and more than may be': () => {
    const link = { context: trace.getSpanContext(REMOTE)!, attributes: { why: 'batch' } };
    const span = tracer.startSpan('parts', { links: [link, link] }, ROOT_CONTEXT);
    for (const n of [1, 2, 3]) span.addEvent(`event ${n}`, { n }, TIME);
    span.end();
  },
  'an exception and a status with a message': () => {
    const span = tracer.startSpan('failed', {}, context.active());
    span.recordException(new TypeError('no money'), TIME);
    span.setStatus({ code: SpanStatusCode.ERROR, message: 'declined' }).end();
  },
  'a status of ok': () => {
    tracer.startSpan('ok').setStatus({ code: SpanStatusCode.OK }).end();
  },
  'a long name': () => tracer.startSpan('x'.repeat(5000), { kind: SpanKind.CONSUMER }).end(),
};

for (const [what, make] of Object.entries(SPANS)) {
  test(`${what} arrives as OpenTelemetry's own exporter sends it`, () => {
    ended.length = 0;
    make();
    const [span] = ended;

    const ours = plain(readTraceRequest(encodedByUs(span!)));

    const theirs = readTraceRequest(ProtobufTraceSerializer.serializeRequest([span!])!);
    assert.equal(ours, plain(theirs));
  });
}

function encodedByUs(sdkSpan: ReadableSpan): Uint8Array {
  const span = fromSdkSpan(sdkSpan, LIMITS);
  const scope = new ProtobufWriter(Buffer.alloc(maxScopeBytes(span.scope)));
  encodeScope(scope, span.scope);
  const writer = new ProtobufWriter(Buffer.alloc(maxSpanBytes(span)));
  encodeSpan(writer, span);
  return encodeBatch([{ payload: writer.written(), scope: scope.written() }]);
}

// An empty resource or status means the same as none.
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, each) => {
    const isEmpty = typeof each === 'object' && Object.keys(each).length === 0;
    return key === 'resource' || (key === 'status' && isEmpty) ? undefined : each;
  });
}

test.run();
