import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { addFields } from '../../src/messages/stream-fields.js';

const test = suite('messages/stream-fields');

const CARRIER = { traceparent: 'tp', baggage: 'b' };
const ADDED = ['traceparent', 'tp', 'baggage', 'b'];

const amended: Readonly<Record<string, readonly unknown[]>> = {
  'a pair': ['jobs', '*', 'a', 1],
  'a pair of buffers': ['jobs', '*', Buffer.from('a'), Buffer.from('1')],
  'all options': ['jobs', 'nomkstream', 'MAXLEN', '~', 1000, 'LIMIT', 10, '*', 'a', 1],
  'options of which one is exact': ['jobs', 'MINID', '=', '1-0', '*', 'a', 1],
  'a length without sign': ['jobs', 'MAXLEN', 5, '*', 'a', 1],
  'a field by the name of an option': ['jobs', '*', 'maxlen', '1'],
};

for (const [what, args] of Object.entries(amended)) {
  test(`XADD with ${what} gets a pair for each part`, () => {
    assert.equal(addFields(args, CARRIER), [...args, ...ADDED]);
  });
}

const kept: Readonly<Record<string, readonly unknown[]>> = {
  'no pair': ['jobs', '*'],
  'options and no pair': ['jobs', 'MAXLEN', '~', 1000, '*'],
  'nothing at all': [],
  'a part of its own': ['jobs', '*', 'baggage', 'own'],
  'a part of its own, as a buffer': ['jobs', '*', Buffer.from('traceparent'), 'own'],
};

for (const [what, args] of Object.entries(kept)) {
  test(`XADD with ${what} is sent as it is`, () => {
    assert.is(addFields(args, CARRIER), args);
  });
}

test('no code of the program runs for it', () => {
  const value = { toString: () => assert.unreachable() };
  assert.is(addFields(['jobs', '*', 'a', value], CARRIER).length, 8);
});

test.run();
