import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LogRecord, LogValue } from '../../src/log-record.js';
import { ownCopy } from '../../src/noise/own-copy.js';
import { isSameRecord } from '../../src/noise/same-record.js';
import { fields, logRecord } from '../helpers/log-records.js';

const test = suite('noise/same-record');

const span = (traceId: string, spanId = '1') => ({ traceId, spanId, traceFlags: 1 });
const full = (): Partial<LogRecord> => ({
  body: 'text',
  attributes: fields({
    text: 'a',
    list: [1, 'b', null, [2n]],
    nested: fields({ bytes: new Uint8Array([1, 2]), no: Number.NaN }),
  }),
  exception: { type: 'Error', message: 'm', stacktrace: 's', code: 'c' },
  span: span('7'),
});

test('records that are made of the same values are the same, as are their copies', () => {
  assert.ok(isSameRecord(logRecord(full()), logRecord(full())));
  assert.ok(isSameRecord(ownCopy(logRecord(full())), logRecord(full())));
});

test('time, span and place make no difference', () => {
  const other = { timeUnixNanoHigh: 7, span: span('7', '2'), callee: null };

  assert.ok(isSameRecord(logRecord(full()), logRecord({ ...full(), ...other })));
});

const DIFFERENCES: Record<string, Partial<LogRecord>> = {
  'another body': { body: 'texts' },
  'no body': { body: undefined },
  'another severity': { severityNumber: 10 },
  'another severity text': { severityText: 'NOTICE' },
  'another scope': { scope: { name: 'test' } },
  'another stream': { iostream: 'stderr' },
  'another event': { eventName: 'x' },
  'another trace': { span: span('8') },
  'no trace': { span: undefined },
  'no attributes': { attributes: undefined },
  'other attributes': { attributes: fields({ text: 'a' }) },
  'another message of the error': { exception: { type: 'Error', message: 'n', stacktrace: 's' } },
  'no error': { exception: undefined },
};

for (const [what, difference] of Object.entries(DIFFERENCES)) {
  test(`${what} makes another record`, () => {
    const other = logRecord({ ...full(), ...difference });

    assert.not(isSameRecord(logRecord(full()), other));
    assert.not(isSameRecord(other, logRecord(full())));
  });
}

const VALUES: LogValue[] = [
  '1',
  1,
  1n,
  0,
  -0,
  true,
  null,
  Number.NaN,
  [],
  [1],
  [2],
  [[1]],
  fields({}),
  fields({ a: 1 }),
  fields({ b: 1 }),
  fields({ a: 2 }),
  fields({ a: [1] }),
  new Uint8Array([1]),
  new Uint8Array([2]),
  new Uint8Array(0),
];

test('no two different values are taken for the same', () => {
  for (const [i, a] of VALUES.entries()) {
    for (const [j, b] of VALUES.entries()) {
      const isSame = isSameRecord(logRecord({ body: a }), logRecord({ body: b }));
      assert.is(isSame, i === j, `${String(a)} and ${String(b)}, ${i} and ${j}`);
    }
  }
});

test('a copy shares no bytes, lists or ids with what it was made of', () => {
  const bytes = new Uint8Array([1, 2, 3]);
  const ids = { ...span('7') };
  const nested = fields({ bytes });
  const copy = ownCopy(logRecord({ body: [bytes], attributes: fields({ nested }), span: ids }));

  bytes.fill(9);
  ids.traceId = '8';
  nested.add('more', 1);

  assert.equal(copy.body, [new Uint8Array([1, 2, 3])]);
  assert.equal(copy.attributes, fields({ nested: fields({ bytes: new Uint8Array([1, 2, 3]) }) }));
  assert.is(copy.span!.traceId, '7');
});

test.run();
