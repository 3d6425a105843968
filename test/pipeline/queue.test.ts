import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { TAG_SCOPE, TAG_SKIP } from '../../src/pipeline/protocol.js';
import { Queue } from '../../src/pipeline/queue.js';
import { frameBytes } from '../helpers/frames.js';

const test = suite('pipeline/queue');

const SCOPE = { tag: TAG_SCOPE, severity: 0 };

function logs(...texts: string[]): Buffer {
  return Buffer.concat(texts.map(text => frameBytes(Buffer.from(text))));
}

function texts(records: ReturnType<Queue['take']>): string[] {
  return records.map(({ payload }) => Buffer.from(payload).toString());
}

test('records are taken oldest first, over chunks and rings', () => {
  const queue = new Queue();
  queue.add('a', logs('1', '2'));
  queue.add('b', logs('3'));
  queue.add('a', logs('4'));

  assert.equal(texts(queue.take(Infinity, 3)), ['1', '2', '3']);
  assert.equal(texts(queue.take(Infinity, 3)), ['4']);
  assert.is(queue.isEmpty(), true);
});

test('a record larger than the limit is taken alone', () => {
  const queue = new Queue();
  queue.add('a', logs('x'.repeat(500), 'y'));

  assert.equal(texts(queue.take(100, Infinity)), ['x'.repeat(500)]);
  assert.equal(texts(queue.take(100, Infinity)), ['y']);
});

test('a scope applies to its own ring alone, and to later chunks of it', () => {
  const queue = new Queue();
  queue.add('a', Buffer.concat([frameBytes(Buffer.from('scope'), SCOPE), logs('1')]));
  queue.add('b', logs('2'));
  queue.add('a', logs('3'));

  const scopes = queue.take(Infinity, Infinity).map(({ scope }) => Buffer.from(scope).toString());
  assert.equal(scopes, ['scope', '', 'scope']);
});

test('a scope id that is defined anew means the new scope from there on', () => {
  const queue = new Queue();
  queue.add(
    'a',
    Buffer.concat([
      frameBytes(Buffer.from('old'), SCOPE),
      logs('1'),
      frameBytes(Buffer.from('new'), SCOPE),
      logs('2'),
    ]),
  );

  const scopes = queue.take(Infinity, Infinity).map(({ scope }) => Buffer.from(scope).toString());
  assert.equal(scopes, ['old', 'new']);
});

test('equal scopes of two rings are one object', () => {
  const queue = new Queue();
  for (const ring of ['a', 'b']) {
    queue.add(ring, Buffer.concat([frameBytes(Buffer.from('scope'), SCOPE), logs('1')]));
  }

  const [first, second] = queue.take(Infinity, Infinity);
  assert.is(first!.scope, second!.scope);
});

test('bytes fall to zero as everything is taken', () => {
  const queue = new Queue();
  const skip = frameBytes(Buffer.alloc(40), { tag: TAG_SKIP, severity: 0 });
  const chunk = Buffer.concat([logs('1'), skip]);
  queue.add('a', chunk);

  assert.is(queue.bytes, chunk.length);
  queue.take(Infinity, Infinity);
  assert.is(queue.bytes, 0);
  assert.is(queue.takenBytes, queue.addedBytes);
});

test('nothing but scopes yields no records and leaves nothing', () => {
  const queue = new Queue();
  queue.add('a', frameBytes(Buffer.from('scope'), SCOPE));

  assert.is(queue.isEmpty(), false);
  assert.equal(queue.take(Infinity, Infinity), []);
  assert.is(queue.isEmpty(), true);
});

test('what follows an unknown frame is given up, and no longer counted', () => {
  const queue = new Queue();
  queue.add('a', Buffer.concat([logs('1'), frameBytes(Buffer.from('?'), { tag: 77 }), logs('2')]));
  queue.add('a', logs('3'));

  assert.equal(texts(queue.take(Infinity, Infinity)), ['1', '3']);
  assert.is(queue.bytes, 0);
});

test('counting the records takes none of them', () => {
  const queue = new Queue();
  queue.add('a', Buffer.concat([frameBytes(Buffer.from('scope'), SCOPE), logs('1', '2', '3')]));
  queue.take(Infinity, 1);

  assert.is(queue.countRecords(), 2);
  assert.equal(texts(queue.take(Infinity, Infinity)), ['2', '3']);
  assert.is(queue.countRecords(), 0);
});

test.run();
