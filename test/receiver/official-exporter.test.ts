import { ROOT_CONTEXT, SeverityNumber, TraceFlags, trace } from '@opentelemetry/api';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withCollector } from '../helpers/collector.js';

const test = suite('receiver/official-exporter');

// Our tests encode with the receiver's own descriptor: a wrong field number there would show only
// here, where somebody else encodes.
test(
  'what OpenTelemetry itself sends is read field by field',
  withCollector(async receiver => {
    const exporter = new OTLPLogExporter({ url: `${receiver.url}/v1/logs` });
    const provider = new LoggerProvider({
      resource: resourceFromAttributes({ 'service.name': 'worker' }),
      processors: [new SimpleLogRecordProcessor({ exporter })],
    });
    const span = {
      traceId: '0123456789abcdef0123456789abcdef',
      spanId: '0123456789abcdef',
      traceFlags: TraceFlags.SAMPLED,
    };

    provider.getLogger('console', '1.2.0').emit({
      timestamp: [1700000000, 123456789],
      observedTimestamp: [1700000001, 0],
      severityNumber: SeverityNumber.WARN,
      severityText: 'WARN',
      body: { text: 'VRAM is low', free: 0.5, models: ['flux', 'sdxl'] },
      attributes: { job_id: 'workflow-123', attempt: 3, isLast: false },
      eventName: 'vram.low',
      context: trace.setSpanContext(ROOT_CONTEXT, span),
    });
    await provider.shutdown();

    const [record] = receiver.records;
    const { timeUnixNano, observedTimeUnixNano, scope, resource, ...rest } = record!;
    assert.is(timeUnixNano, 1700000000123456789n);
    assert.is(observedTimeUnixNano, 1700000001000000000n);
    assert.equal(scope, { name: 'console', version: '1.2.0', attributes: {} });
    assert.equal(resource, { 'service.name': 'worker' });
    assert.is(rest.flags & 0xff, TraceFlags.SAMPLED);
    assert.equal(
      { ...rest, flags: undefined },
      {
        severityNumber: 13,
        severityText: 'WARN',
        body: { text: 'VRAM is low', free: 0.5, models: ['flux', 'sdxl'] },
        attributes: { job_id: 'workflow-123', attempt: 3, isLast: false },
        repeatedKeys: [],
        droppedAttributesCount: 0,
        traceId: span.traceId,
        spanId: span.spanId,
        flags: undefined,
        eventName: 'vram.low',
      },
    );
  }),
);

test.run();
