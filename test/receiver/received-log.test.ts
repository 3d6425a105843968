import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ReceivedLog } from '../../src/receiver/received-log.js';
import { withCollector } from '../helpers/collector.js';
import { encodeLogs, post } from '../helpers/otlp-sender.js';
import type { Receiver } from './receiver.js';

const test = suite('receiver/received-log');

async function receive(receiver: Receiver, record: Record<string, unknown>): Promise<ReceivedLog> {
  await post(receiver, encodeLogs([record]));
  return receiver.records.at(-1)!;
}

test(
  'a record arrives with all its fields',
  withCollector(async receiver => {
    const record = await receive(receiver, {
      timeUnixNano: '1700000000123456789',
      observedTimeUnixNano: '18446744073709551615',
      severityNumber: 17,
      severityText: 'ERROR',
      body: { stringValue: 'Job failed' },
      attributes: [{ key: 'job_id', value: { stringValue: 'workflow-123' } }],
      droppedAttributesCount: 2,
      flags: 1,
      traceId: Buffer.from('0123456789abcdef0123456789abcdef', 'hex'),
      spanId: Buffer.from('0123456789abcdef', 'hex'),
      eventName: 'job.failed',
    });

    assert.equal(record, {
      timeUnixNano: 1700000000123456789n,
      observedTimeUnixNano: 18446744073709551615n,
      severityNumber: 17,
      severityText: 'ERROR',
      body: 'Job failed',
      attributes: { job_id: 'workflow-123' },
      repeatedKeys: [],
      droppedAttributesCount: 2,
      traceId: '0123456789abcdef0123456789abcdef',
      spanId: '0123456789abcdef',
      flags: 1,
      eventName: 'job.failed',
      scope: { name: 'sender', version: '', attributes: {} },
      resource: {},
    });
  }),
);

test(
  'what was not sent is empty',
  withCollector(async receiver => {
    const record = await receive(receiver, {});

    assert.is(record.timeUnixNano, 0n);
    assert.is(record.severityText, '');
    assert.is(record.body, null);
    assert.equal(record.attributes, {});
    assert.is(record.traceId, '');
    assert.is(record.eventName, '');
  }),
);

const bodies: readonly [string, unknown, unknown][] = [
  ['an empty string', { stringValue: '' }, ''],
  ['false', { boolValue: false }, false],
  ['a negative integer', { intValue: -3 }, -3],
  ['an integer beyond 2^53', { intValue: '9007199254740993' }, 9007199254740993n],
  ['a double', { doubleValue: 0.5 }, 0.5],
  ['negative zero', { doubleValue: -0 }, -0],
  ['an array', { arrayValue: { values: [{ intValue: 1 }, {}] } }, [1, null]],
  ['an empty array', { arrayValue: { values: [] } }, []],
  [
    'nested fields',
    { kvlistValue: { values: [{ key: 'a', value: { kvlistValue: { values: [] } } }] } },
    { a: {} },
  ],
  ['no value', {}, null],
];

for (const [name, value, expected] of bodies) {
  test(
    `${name} is read as it was sent`,
    withCollector(async receiver => {
      const { body } = await receive(receiver, { body: value });

      assert.equal(body, expected);
    }),
  );
}

test(
  'bytes are read as bytes',
  withCollector(async receiver => {
    const { body } = await receive(receiver, { body: { bytesValue: Buffer.of(0, 255) } });

    assert.equal([...(body as Uint8Array)], [0, 255]);
  }),
);

test(
  'a key named __proto__ is a key',
  withCollector(async receiver => {
    const { attributes } = await receive(receiver, {
      attributes: [{ key: '__proto__', value: { stringValue: 'kept' } }],
    });

    assert.equal(Object.entries(attributes), [['__proto__', 'kept']]);
    assert.is(Object.getPrototypeOf(attributes), Object.prototype);
  }),
);

test(
  'a key sent twice is named, and its last value is kept',
  withCollector(async receiver => {
    const { attributes, repeatedKeys } = await receive(receiver, {
      attributes: [
        { key: 'pool', value: { stringValue: 'fast-lane' } },
        { key: 'pool', value: { stringValue: 'heavy' } },
      ],
    });

    assert.equal(attributes, { pool: 'heavy' });
    assert.equal(repeatedKeys, ['pool']);
  }),
);

test(
  'a resource is on each of its records',
  withCollector(async receiver => {
    const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'worker' } }] };

    await post(receiver, encodeLogs([{}, {}], resource));

    assert.equal(
      receiver.records.map(record => record.resource),
      [{ 'service.name': 'worker' }, { 'service.name': 'worker' }],
    );
  }),
);

test(
  'text that is not UTF-8 is refused',
  withCollector(async receiver => {
    const body = Buffer.from(encodeLogs([{ body: { stringValue: 'X' } }]));
    body[body.indexOf('X')] = 0xff;

    await post(receiver, body);

    assert.throws(() => receiver.records);
  }),
);

test.run();
