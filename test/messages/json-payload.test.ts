import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withCarrier } from '../../src/messages/json-payload.js';

const test = suite('messages/json-payload');

const CARRIER = { traceparent: 't', baggage: 'a="b"' };
const KEY = '"_otel":{"traceparent":"t","baggage":"a=\\"b\\""}';

const amended: readonly (readonly [payload: string, expected: string])[] = [
  ['{}', `{${KEY}}`],
  ['{ }', `{ ${KEY}}`],
  ['{"a":1e400,"a":2}', `{"a":1e400,"a":2,${KEY}}`],
  [' {"a":{"_otel":1}} \n', ` {"a":{"_otel":1},${KEY}}`],
];
for (const [payload, expected] of amended) {
  test(`${JSON.stringify(payload)} gets one key more, as text and as bytes`, () => {
    assert.is(withCarrier(payload, CARRIER), expected);
    assert.equal(withCarrier(Buffer.from(payload), CARRIER), Buffer.from(expected));
    JSON.parse(expected);
  });
}

const LEFT: readonly unknown[] = [
  '',
  'text',
  '[]',
  '{"a":1',
  '{a:1}',
  '{} {}',
  '{"_otel":null}',
  `{"a":"${'x'.repeat(300_000)}"}`,
  Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
  7,
  null,
  undefined,
];
for (const payload of LEFT) {
  test(`${String(payload).slice(0, 20)} is sent as it is`, () => {
    assert.is(withCarrier(payload, CARRIER), payload);
  });
}

test.run();
