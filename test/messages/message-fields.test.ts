import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { MessageFields } from '../../src/messages/message-fields.js';

const test = suite('messages/message-fields');

const fields = new MessageFields(['job_id', 'step.id']);
const json = JSON.stringify;

const messages: readonly (readonly [message: unknown, found: object | undefined])[] = [
  ['{"job_id":"j"}', { job_id: 'j' }],
  [' \n{ "step.id" : 7, "a": {} }', { 'step.id': 7 }],
  [Buffer.from('{"job_id":"ä"}'), { job_id: 'ä' }],
  [[Buffer.from('{"job'), Buffer.from('_id":"j"}')], { job_id: 'j' }],
  [new Uint8Array(Buffer.from('{"job_id":"j"}')).buffer, { job_id: 'j' }],
  [
    json({ metadata: { job_id: 'inner', 'step.id': 's' }, job_id: 'j' }),
    { job_id: 'j', 'step.id': 's' },
  ],
  [json({ a: { job_id: 'deep' } }), undefined],
  [json({ stepxid: 's', job_ids: 'j' }), undefined],
  [json({ job_id: '' }), undefined],
  [json({ job_id: 'x'.repeat(257) }), undefined],
  [json({ job_id: 'a\nb' }), undefined],
  [json({ job_id: { a: 1 } }), undefined],
  [json({ job_id: null }), undefined],
  [json([{ job_id: 'j' }]), undefined],
  ['"job_id"', undefined],
  ['{"job_id":', undefined],
  [json({ job_id: 'j', padding: 'x'.repeat(70_000) }), undefined],
  [Buffer.alloc(70_000, '{'), undefined],
  [[Buffer.alloc(70_000, '{')], undefined],
  ['', undefined],
  [undefined, undefined],
  [{ job_id: 'j' }, undefined],
];
for (const [message, found] of messages) {
  const shown = Buffer.isBuffer(message) ? 'bytes' : (json(message) ?? 'undefined');
  test(`${shown.slice(0, 60)} names ${found === undefined ? 'nothing' : json(found)}`, () => {
    assert.equal(fields.ofMessage(message), found);
  });
}

test('of data, no getter is run', () => {
  const data = {
    get job_id() {
      throw new Error('run');
    },
  };

  assert.is(fields.ofObject(data), undefined);
  assert.equal(fields.ofObject({ job_id: 1 }), { job_id: 1 });
});

test('without names there is nothing to find', () => {
  assert.is(new MessageFields([]).ofMessage('{"":1}'), undefined);
});

test.run();
