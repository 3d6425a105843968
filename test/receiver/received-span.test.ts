import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeMessage } from '../../src/receiver/otlp-messages.js';
import { withCollector } from '../helpers/collector.js';
import { post } from '../helpers/otlp-sender.js';

const test = suite('receiver/received-span');

test(
  'a span arrives with its ids, times and status, and is no record',
  withCollector(async receiver => {
    const span = {
      traceId: Buffer.alloc(16, 0xab),
      spanId: Buffer.alloc(8, 0xcd),
      name: 'POST /jobs',
      kind: 2,
      startTimeUnixNano: '1700000000000000001',
      endTimeUnixNano: '1700000000000000002',
      attributes: [{ key: 'http.route', value: { stringValue: '/jobs' } }],
      status: { code: 2 },
    };
    const resourceSpans = [{ scopeSpans: [{ spans: [span] }] }];

    await post(receiver, encodeMessage('ExportTraceServiceRequest', { resourceSpans }), {
      path: '/v1/traces',
    });

    assert.equal(receiver.spans, [
      {
        traceId: 'ab'.repeat(16),
        spanId: 'cd'.repeat(8),
        parentSpanId: '',
        name: 'POST /jobs',
        kind: 2,
        startTimeUnixNano: 1700000000000000001n,
        endTimeUnixNano: 1700000000000000002n,
        attributes: { 'http.route': '/jobs' },
        statusCode: 2,
        scope: { name: '', version: '', attributes: {} },
        resource: {},
      },
    ]);
    assert.is(receiver.countRecords(), 0);
  }),
);

test.run();
