import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeMessage, messageType } from '../../../src/receiver/otlp-messages.js';
import { hasMoreParts } from '../../../src/viewer/intake/count-parts.js';
import { post, withViewer } from '../viewing.js';

const test = suite('viewer/intake/count-parts');

const TYPE = messageType('ExportLogsServiceRequest');

function request(logRecords: readonly object[]) {
  return { resourceLogs: [{ scopeLogs: [{ logRecords }] }] };
}

/** A list, an object, and what a list holds besides its first. */
const JSON_PARTS: readonly (readonly [text: string, parts: number])[] = [
  ['{}      ', 1],
  ['[1,2,3,4]   ', 4],
  ['{"a":[{},{}]}   ', 5],
  [`"${',[{'.repeat(100)}"`, 0],
  [`"\\",[{" ${' '.repeat(20)}`, 0],
  [`["\\\\",1,"]"]  ${' '.repeat(20)}`, 3],
];

for (const [text, parts] of JSON_PARTS) {
  test(`${text.trim().slice(0, 20)} has ${parts} parts`, () => {
    assert.is(hasMoreParts(Buffer.from(text), parts), false);
    if (parts > 0) assert.is(hasMoreParts(Buffer.from(text), parts - 1), true);
  });
}

test('of protobuf each message is a part, and what fits is not looked through', () => {
  const attributes = [{ key: 'a', value: { stringValue: 'b'.repeat(99) } }];
  const records = request([{ body: { stringValue: '' }, attributes }, {}]);
  const body = encodeMessage('ExportLogsServiceRequest', records);

  // A resource's, a scope's, two records, a body, an attribute and its value.
  assert.is(hasMoreParts(body, 7, TYPE), false);
  assert.is(hasMoreParts(body, 6, TYPE), true);
  assert.is(hasMoreParts(Buffer.alloc(14, 0xff), 7, TYPE), false);
});

const MANY = 600_000;
const values = { arrayValue: { values: Array.from({ length: MANY }, () => ({})) } };

/** Of a megabyte or two, which would take a hundred as objects. */
const BODIES: readonly (readonly [what: string, body: () => Uint8Array | string])[] = [
  ['records', () => encodeMessage('ExportLogsServiceRequest', request(values.arrayValue.values))],
  ['values', () => encodeMessage('ExportLogsServiceRequest', request([{ body: values }]))],
  ['records of JSON', () => JSON.stringify(request(values.arrayValue.values))],
  ['lists of JSON', () => `[${'[],'.repeat(MANY)}[]]`],
];

for (const [what, body] of BODIES) {
  test(
    `a request of too many ${what} is refused before it is read`,
    withViewer(async viewer => {
      const headers = { ...(what.includes('JSON') && { 'content-type': 'application/json' }) };

      const response = await post(viewer, '/v1/logs', body(), headers);

      assert.is(response.status, 413);
      assert.match(await response.text(), 'at most 500000');
    }),
  );
}

test.run();
