import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { countMetricsJson, readLogsJson, readTraceJson } from '../../src/receiver/otlp-json.js';
import { encodeMessage } from '../../src/receiver/otlp-messages.js';
import { decodeLogs, logsOf } from '../../src/receiver/received-log.js';
import { spansOf } from '../../src/receiver/received-span.js';

const test = suite('receiver/otlp-json');

const TRACE = '5b8efff798038103d269b633813fc60c';
const SPAN = 'eee19b7ec3c1b174';

const RESOURCE = { attributes: [{ key: 'service.name', value: { stringValue: 'worker' } }] };
const VALUES = [
  { key: 'text', value: { stringValue: 'é' } },
  { key: 'flag', value: { boolValue: false } },
  { key: 'wide', value: { intValue: '9007199254740993' } },
  { key: 'negative', value: { intValue: -10 } },
  { key: 'part', value: { doubleValue: 637.704 } },
  { key: 'bytes', value: { bytesValue: 'AQID' } },
  { key: 'list', value: { arrayValue: { values: [{ stringValue: 'a' }, {}] } } },
  { key: 'nested', value: { kvlistValue: { values: [{ key: 'x', value: { intValue: '1' } }] } } },
  { key: 'none', value: null },
];
const RECORD = {
  timeUnixNano: '1544712660300000001',
  severityNumber: 10,
  severityText: 'Information',
  body: { stringValue: 'Example' },
  attributes: VALUES,
  flags: 1,
};

test('records are read as protobuf has them', () => {
  const json = {
    resourceLogs: [
      {
        resource: RESOURCE,
        scopeLogs: [
          { scope: { name: 's' }, logRecords: [{ ...RECORD, traceId: TRACE, spanId: SPAN }] },
        ],
      },
    ],
    unknown: [1],
  };
  const ids = { traceId: Buffer.from(TRACE, 'hex'), spanId: Buffer.from(SPAN, 'hex') };
  // protobufjs takes no 64-bit integers as text without a library for them, and null for nothing.
  const attributes = VALUES.filter(({ key }) => key !== 'wide');
  const binary = {
    resourceLogs: [
      {
        resource: RESOURCE,
        scopeLogs: [
          {
            scope: { name: 's' },
            logRecords: [{ ...RECORD, ...ids, attributes, timeUnixNano: { low: 0, high: 0 } }],
          },
        ],
      },
    ],
  };

  const [read] = logsOf(readLogsJson(JSON.stringify(json)));
  const [expected] = decodeLogs(encodeMessage('ExportLogsServiceRequest', binary));

  assert.is(read!.timeUnixNano, 1_544_712_660_300_000_001n);
  assert.is(read!.attributes.wide, 9_007_199_254_740_993n);
  const { wide, ...others } = read!.attributes;
  assert.equal(JSON.stringify(others), JSON.stringify(expected!.attributes));
  assert.equal(
    { ...read!, attributes: {}, timeUnixNano: 0n },
    { ...expected!, attributes: {}, timeUnixNano: 0n },
  );
});

test('spans are read', () => {
  const span = {
    traceId: TRACE,
    spanId: SPAN,
    name: 'GET',
    kind: 2,
    startTimeUnixNano: 5,
    endTimeUnixNano: '7',
  };
  const json = { resourceSpans: [{ resource: RESOURCE, scopeSpans: [{ spans: [span] }] }] };

  const [read] = spansOf(readTraceJson(JSON.stringify(json)));

  assert.equal([read!.traceId, read!.spanId, read!.parentSpanId], [TRACE, SPAN, '']);
  assert.equal([read!.startTimeUnixNano, read!.endTimeUnixNano, read!.statusCode], [5n, 7n, 0]);
  assert.equal(read!.resource, { 'service.name': 'worker' });
});

test('metrics are counted', () => {
  const scopeMetrics = [{ metrics: [{ name: 'a' }, { name: 'b' }] }, {}];
  assert.is(countMetricsJson(JSON.stringify({ resourceMetrics: [{ scopeMetrics }, {}] })), 2);
});

const WRONG: readonly unknown[] = [
  null,
  1,
  { resourceLogs: 1 },
  { resourceLogs: [1] },
  { resourceLogs: [{ scopeLogs: [{ logRecords: [{ timeUnixNano: 'now' }] }] }] },
  { resourceLogs: [{ scopeLogs: [{ logRecords: [{ timeUnixNano: 1.5 }] }] }] },
  { resourceLogs: [{ scopeLogs: [{ logRecords: [{ timeUnixNano: {} }] }] }] },
  { resourceLogs: [{ scopeLogs: [{ logRecords: [{ severityNumber: 'INFO' }] }] }] },
  { resourceLogs: [{ scopeLogs: [{ logRecords: [{ severityText: 1 }] }] }] },
  { resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: 'text' }] }] }] },
];

for (const wrong of WRONG) {
  test(`${JSON.stringify(wrong)} is refused`, () => {
    assert.throws(() => readLogsJson(JSON.stringify(wrong)));
  });
}

test.run();
