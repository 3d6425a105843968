import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LogValue } from '../../src/log-record.js';
import { encodeConstantAttributes } from '../../src/pipeline/encode.js';
import { maxFieldsBytes } from '../../src/pipeline/encode-value.js';
import { ProtobufWriter } from '../../src/pipeline/protobuf-writer.js';
import type { PlainValue } from '../../src/receiver/any-value.js';
import { severityText } from '../../src/severity.js';
import { fields, logRecord, roundTrip } from '../helpers/log-records.js';

const test = suite('pipeline/encode');

const BYTES = new Uint8Array([0, 127, 128, 255]);

const VALUES: readonly (readonly [string, LogValue, PlainValue])[] = [
  ['an empty string', '', ''],
  ['text of several bytes a character', 'é€😀', 'é€😀'],
  ['a high surrogate alone', 'a\ud83db', 'a\ufffdb'],
  ['a low surrogate alone, in a long text', `${'x'.repeat(40)}\ude00`, `${'x'.repeat(40)}\ufffd`],
  ['surrogates in the wrong order', '\ude00\ud83d', '\ufffd\ufffd'],
  ['a NUL', 'a\0b', 'a\0b'],
  ['true', true, true],
  ['false', false, false],
  ['null', null, null],
  ['0', 0, 0],
  ['127', 127, 127],
  ['128', 128, 128],
  ['-1', -1, -1],
  ['2^31', 2 ** 31, 2 ** 31],
  ['2^32', 2 ** 32, 2 ** 32],
  ['2^32 - 1', 2 ** 32 - 1, 2 ** 32 - 1],
  ['the greatest safe integer', Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  ['the least safe integer', Number.MIN_SAFE_INTEGER, Number.MIN_SAFE_INTEGER],
  ['an integer beyond the safe ones', 2 ** 60, 2 ** 60],
  ['-0', -0, -0],
  ['NaN', Number.NaN, Number.NaN],
  ['Infinity', Infinity, Infinity],
  ['-Infinity', -Infinity, -Infinity],
  ['a fraction', 0.1, 0.1],
  ['the greatest double', Number.MAX_VALUE, Number.MAX_VALUE],
  ['the least positive double', Number.MIN_VALUE, Number.MIN_VALUE],
  ['a small bigint', 5n, 5],
  ['the greatest int64', 2n ** 63n - 1n, 2n ** 63n - 1n],
  ['the least int64', -(2n ** 63n), -(2n ** 63n)],
  ['one more than the greatest int64', 2n ** 63n, String(2n ** 63n)],
  ['one less than the least int64', -(2n ** 63n) - 1n, String(-(2n ** 63n) - 1n)],
  ['bytes', BYTES, Buffer.from(BYTES)],
  ['no bytes', new Uint8Array(0), Buffer.alloc(0)],
  ['an empty list', [], []],
  ['a mixed list', ['a', 1, null, [true]], ['a', 1, null, [true]]],
  ['no fields', fields({}), {}],
  ['nested fields', fields({ a: fields({ b: [fields({ c: 1 })] }) }), { a: { b: [{ c: 1 }] } }],
  ['a field named __proto__', fields({ ['__proto__']: 1 }), { ['__proto__']: 1 }],
  ['a field with an empty name', fields({ '': 1 }), { '': 1 }],
];

for (const [what, value, expected] of VALUES) {
  test(`${what} arrives as the body`, () => {
    assertSame(roundTrip(logRecord({ body: value })).body, expected);
  });

  test(`${what} arrives as an attribute`, () => {
    const { attributes } = roundTrip(logRecord({ attributes: fields({ key: value, after: 1 }) }));

    assertSame(attributes.key!, expected);
    assert.is(attributes.after, 1);
  });
}

test('a record without body has none', () => {
  assert.is(roundTrip(logRecord()).body, null);
});

test('time, severity, event name and counts arrive', () => {
  const record = roundTrip(
    logRecord({
      timeUnixNanoHigh: 0xffff_fffe,
      timeUnixNanoLow: 0x8000_0001,
      severityNumber: 24,
      severityText: 'FATAL4',
      eventName: 'däth',
      droppedAttributes: 300,
      isTruncated: true,
      iostream: 'stderr',
    }),
  );

  assert.is(record.timeUnixNano, 0xffff_fffe_8000_0001n);
  assert.is(record.observedTimeUnixNano, 0xffff_fffe_8000_0001n);
  assert.is(record.severityNumber, 24);
  assert.is(record.severityText, 'FATAL4');
  assert.is(record.eventName, 'däth');
  assert.is(record.droppedAttributesCount, 300);
  assert.equal(record.attributes, { 'log.iostream': 'stderr', 'log.truncated': true });
});

for (const iostream of ['stdout', 'stderr', undefined] as const) {
  test(`every severity arrives with the stream ${iostream}, and again`, () => {
    for (let severityNumber = 0; severityNumber <= 26; severityNumber++) {
      for (const text of [severityText(severityNumber), '', 'OWN', severityText(severityNumber)]) {
        const record = roundTrip(logRecord({ severityNumber, severityText: text, iostream }));

        assert.is(record.severityNumber, severityNumber);
        assert.is(record.severityText, text);
        assert.is(record.attributes['log.iostream'], iostream);
      }
    }
  });
}

test('the span arrives', () => {
  const span = { traceId: '0123456789abcdef'.repeat(2), spanId: 'fedcba9876543210', traceFlags: 1 };
  const { traceId, spanId, flags } = roundTrip(logRecord({ span }));

  assert.equal({ traceId, spanId, traceFlags: flags }, span);
});

test('an exception arrives as attributes', () => {
  const exception = { type: 'TypeError', message: 'é', stacktrace: 'at x', code: 'E_X' };

  assert.equal(roundTrip(logRecord({ exception })).attributes, {
    'exception.type': 'TypeError',
    'exception.message': 'é',
    'exception.stacktrace': 'at x',
    'error.code': 'E_X',
  });
});

test("the code of an exception gives way to the record's own", () => {
  const exception = { type: 'Error', message: '', code: 'theirs' };
  const record = roundTrip(logRecord({ exception, attributes: fields({ 'error.code': 'own' }) }));

  assert.is(record.attributes['error.code'], 'own');
  assert.equal(record.repeatedKeys, []);
});

test('constant attributes are on the record', () => {
  const constants = fields({ 'thread.id': 3 });
  const writer = new ProtobufWriter(Buffer.alloc(maxFieldsBytes(constants)));
  encodeConstantAttributes(constants, writer);

  assert.equal(roundTrip(logRecord(), writer.written()).attributes, { 'thread.id': 3 });
});

function assertSame(actual: PlainValue, expected: PlainValue): void {
  // Deep equality takes 0 for -0.
  if (typeof expected === 'number') assert.ok(Object.is(actual, expected), `got ${actual}`);
  else assert.equal(actual, expected);
}

test.run();
