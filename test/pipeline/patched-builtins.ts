// A program that replaces what others use, and meanwhile ends a span, and logs by OpenTelemetry's API and
// at a level of winston that is the program's own.
import { emptyResource } from '@opentelemetry/resources';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { type ReadableSpan, TracerProvider } from '@opentelemetry/sdk-trace';
import { Budget } from '../../src/convert/limits.js';
import { toLogValue } from '../../src/convert/log-value.js';
import type { LogRecord } from '../../src/log-record.js';
import { fromSdkLogRecord } from '../../src/otel/sdk-log-record.js';
import { CONTROL_SLOTS } from '../../src/pipeline/protocol.js';
import { RingReader } from '../../src/pipeline/ring.js';
import { SpanPipeline } from '../../src/pipeline/span-pipeline.js';
import { createLiveRedaction } from '../../src/redaction/live-redaction.js';
import { lastShown } from '../../src/stdio/overwritten-line.js';
import { redactSpan } from '../../src/tracing/redact-span.js';
import { fromSdkSpan } from '../../src/tracing/sdk-span.js';
import { severityOfLevel } from '../../src/winston/levels.js';
import { readFrames } from '../helpers/frames.js';
import { COMMON_HOLDERS, runWithoutBuiltins } from '../helpers/replaced-builtins.js';

const HOLDERS = [WeakMap.prototype, WeakSet.prototype, Math, Number, JSON, Map.prototype];
const LIMITS = { maxAttributes: 8, maxValueLength: 64 };
const SPAN_LIMITS = { maxSpanAttributes: 8, maxSpanValueLength: 64 };
const IDS = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: 1,
};

const span = endedSpan();
const logged: Omit<ReadableLogRecord, 'resource'> = {
  hrTime: [1, 2],
  hrTimeObserved: [1, 2],
  severityNumber: 9,
  body: 'logged',
  instrumentationScope: { name: 'own' },
  attributes: { a: 1 },
  droppedAttributesCount: 0,
  spanContext: IDS,
};
const given = new Map([['k', 1]]);
const redaction = createLiveRedaction({}, { redact: undefined });
let ring: SharedArrayBuffer | undefined;
const spans = new SpanPipeline({
  control: new SharedArrayBuffer(CONTROL_SLOTS * 4),
  start: begun => {
    ring = begun;
  },
});

let record: LogRecord | undefined;
let severity = 0;
let shown = '';
let map: unknown;
const used = runWithoutBuiltins([...COMMON_HOLDERS, ...HOLDERS], () => {
  spans.write(redactSpan(fromSdkSpan(span, SPAN_LIMITS), redaction));
  record = fromSdkLogRecord(logged, undefined, LIMITS);
  severity = severityOfLevel('audit', { low: 9, error: 0, audit: 4 });
  shown = lastShown('10 %\r20 %');
  map = toLogValue(given, new Budget(LIMITS));
});

const frames = ring === undefined ? [] : readFrames(new RingReader(ring));
const told = { used, frames: frames.length, span: record?.span, severity, shown, map };
process.stdout.write(JSON.stringify(told));

function endedSpan(): ReadableSpan {
  const ended: ReadableSpan[] = [];
  const processor = {
    onStart() {},
    onEnd: (span: ReadableSpan) => void ended.push(span),
    forceFlush: async () => {},
    shutdown: async () => {},
  };
  const provider = new TracerProvider({ resource: emptyResource(), spanProcessors: [processor] });
  const link = { context: IDS, attributes: { why: 'batch' } };
  const made = provider.getTracer('own').startSpan('work', { links: [link], attributes: { b: 1 } });
  made.addEvent('event', { c: 1 });
  made.end();
  return ended[0]!;
}
