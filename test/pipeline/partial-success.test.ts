import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parsePartialSuccess } from '../../src/pipeline/partial-success.js';
import { encodeMessage } from '../../src/receiver/otlp-messages.js';

const test = suite('pipeline/partial-success');

const NOTHING = { rejectedRecords: 0, message: '' };

function answer(rejectedLogRecords: number, errorMessage: string): Buffer {
  const partialSuccess = { rejectedLogRecords, errorMessage };
  return Buffer.from(encodeMessage('ExportLogsServiceResponse', { partialSuccess }));
}

for (const [rejectedRecords, message] of [
  [1, 'too old'],
  [0, 'a warning'],
  [127, ''],
  [128, 'é'.repeat(200)],
  [2 ** 40, 'many'],
] as const) {
  test(`${rejectedRecords} rejected records are read with a message of ${message.length}`, () => {
    assert.equal(parsePartialSuccess(answer(rejectedRecords, message)), {
      rejectedRecords,
      message,
    });
  });
}

test('an answer without partial success rejects nothing', () => {
  assert.equal(parsePartialSuccess(Buffer.alloc(0)), NOTHING);
  assert.equal(parsePartialSuccess(Buffer.from([0x0a, 0])), NOTHING);
});

test('an answer cut anywhere rejects nothing and throws nothing', () => {
  const whole = answer(300, 'x'.repeat(150));

  for (let length = 0; length < whole.length; length++) {
    assert.equal(parsePartialSuccess(whole.subarray(0, length)), NOTHING, `${length} bytes`);
  }
});

for (const [what, bytes] of [
  ['JSON', Buffer.from('{"partialSuccess":{"rejectedLogRecords":"3"}}')],
  ['HTML', Buffer.from('<html>OK</html>')],
  ['an endless number', Buffer.alloc(64, 0xff)],
  ['an endless length', Buffer.concat([Buffer.from([0x0a]), Buffer.alloc(40, 0xff)])],
  ['a foreign field', Buffer.from([0x12, 2, 8, 3])],
] as const) {
  test(`${what} rejects nothing and throws nothing`, () => {
    assert.equal(parsePartialSuccess(bytes), NOTHING);
  });
}

test('a negative count rejects nothing', () => {
  assert.equal(parsePartialSuccess(answer(-1, 'odd')), { rejectedRecords: 0, message: 'odd' });
});

test('a field of a later version does not hide those known', () => {
  const inner = Buffer.from([0x18, 5, 0x08, 3, 0x12, 2, 0x6e, 0x6f]);
  const body = Buffer.concat([Buffer.from([0x0a, inner.length]), inner]);

  assert.equal(parsePartialSuccess(body), { rejectedRecords: 3, message: 'no' });
});

test.run();
