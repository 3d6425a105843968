import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PAGE_BYTES } from '../../src/pipeline/pages.js';
import { TAG_SCOPE } from '../../src/pipeline/protocol.js';
import { Queue } from '../../src/pipeline/queue.js';
import { RecordList } from '../../src/pipeline/record-list.js';
import { RingReader, RingWriter } from '../../src/pipeline/ring.js';
import { createRingBuffer } from '../../src/pipeline/ring-buffer.js';
import { createScopeBuffer, ScopeBook } from '../../src/pipeline/scope-book.js';
import { writeFrame } from '../helpers/frames.js';

const test = suite('pipeline/queue');

const SCOPE = { tag: TAG_SCOPE, severity: 0 };

function newQueue(): Queue {
  return new Queue({ scopes: new ScopeBook(createScopeBuffer()) });
}

class Stream {
  readonly #queue: Queue;
  readonly #id: number;
  readonly #writer: RingWriter;
  readonly #reader: RingReader;

  constructor(queue: Queue, id: number) {
    const ring = createRingBuffer(2 ** 21);
    this.#queue = queue;
    this.#id = id;
    this.#writer = new RingWriter(ring);
    this.#reader = new RingReader(ring);
  }

  log(...texts: string[]): this {
    for (const text of texts) writeFrame(this.#writer, Buffer.from(text));
    return this.#drain();
  }

  scope(text: string): this {
    writeFrame(this.#writer, Buffer.from(text), SCOPE);
    return this.#drain();
  }

  #drain(): this {
    while (this.#queue.drain(this.#id, this.#reader));
    return this;
  }
}

function take(queue: Queue, maxBytes = Infinity, maxRecords = Infinity) {
  const records = new RecordList();
  queue.take(records, maxBytes, maxRecords);
  return Array.from({ length: records.count }, (_, i) => ({
    text: records.page(i).toString('utf8', records.starts[i], records.ends[i]),
    scope: Buffer.from(records.scopes[records.scopeIndexes[i]!]!).toString(),
    stream: records.streams[i]!,
    position: records.positions[i]!,
    severityNumber: records.severityNumbers[i]!,
  }));
}

function texts(queue: Queue, maxBytes?: number, maxRecords?: number): string[] {
  return take(queue, maxBytes, maxRecords).map(({ text }) => text);
}

test('records are taken oldest first, over entries and rings', () => {
  const queue = newQueue();
  const [a, b] = [new Stream(queue, 1), new Stream(queue, 2)];
  a.log('1', '2');
  b.log('3');
  a.log('4');

  assert.equal(texts(queue, Infinity, 3), ['1', '2', '3']);
  assert.equal(texts(queue, Infinity, 3), ['4']);
  assert.is(queue.waitingRecords, 0);
});

test('a record knows its ring, where in it it stood, and how severe it is', () => {
  const queue = newQueue();
  new Stream(queue, 7).log('1').log('2', '3');

  assert.equal(
    take(queue).map(({ stream, position, severityNumber }) => [stream, position, severityNumber]),
    [
      [7, 0, 9],
      [7, 16, 9],
      [7, 32, 9],
    ],
  );
});

test('a record larger than the limit is taken alone', () => {
  const queue = newQueue();
  new Stream(queue, 1).log('x'.repeat(500), 'y');

  assert.equal(texts(queue, 100), ['x'.repeat(500)]);
  assert.equal(texts(queue, 100), ['y']);
});

test('records fill page after page, and one larger than a page has its own', () => {
  const queue = newQueue();
  const long = 'x'.repeat(PAGE_BYTES / 3);
  const larger = 'y'.repeat(PAGE_BYTES * 2);
  const stream = new Stream(queue, 1);
  stream.log(long, long, long, larger, long);

  assert.equal(texts(queue), [long, long, long, larger, long]);
  queue.settle(new RecordList());
  assert.is(queue.bytes, 0);
  assert.equal(texts(new Stream(queue, 1).log('again') && queue), ['again']);
});

test('a scope applies to its own ring alone, and to what comes later there', () => {
  const queue = newQueue();
  const [a, b] = [new Stream(queue, 1), new Stream(queue, 2)];
  a.scope('scope').log('1');
  b.log('2');
  a.log('3');

  assert.equal(
    take(queue).map(({ scope }) => scope),
    ['scope', '', 'scope'],
  );
});

test('a scope id that is defined anew means the new scope from there on', () => {
  const queue = newQueue();
  new Stream(queue, 1).scope('old').log('1').scope('new').log('2');

  assert.equal(
    take(queue).map(({ scope }) => scope),
    ['old', 'new'],
  );
});

test('a scope outlives the page it was defined in, also behind the last record', () => {
  const queue = newQueue();
  const stream = new Stream(queue, 1).log('1').scope('scope');
  texts(queue, Infinity, 1);
  queue.settle(new RecordList());
  stream.log('2');

  assert.equal(
    take(queue).map(({ scope }) => scope),
    ['scope'],
  );
});

test('equal scopes of two rings are one object', () => {
  const queue = newQueue();
  for (const id of [1, 2]) new Stream(queue, id).scope('scope').log('1');
  const records = new RecordList();
  queue.take(records, Infinity, Infinity);

  assert.is(records.scopes.length, 1);
});

test('a ring that ended is forgotten once all of it was settled', () => {
  const queue = newQueue();
  new Stream(queue, 1).scope('scope').log('1');
  queue.end(1);
  assert.is(take(queue)[0]!.scope, 'scope');
  queue.settle(new RecordList());
  new Stream(queue, 1).log('2');

  assert.is(take(queue)[0]!.scope, '');
});

test('what is taken stays counted, and held, until it is settled', () => {
  const queue = newQueue();
  const stream = new Stream(queue, 1).log('1', '2');
  texts(queue, Infinity, 1);
  assert.is(queue.waitingRecords, 1);
  assert.is(queue.settledRecords, 0);
  assert.ok(queue.bytes > 0);

  queue.settle(new RecordList());
  assert.is(queue.settledRecords, 1);
  texts(queue);
  queue.settle(new RecordList());
  assert.is(queue.settledRecords, queue.addedRecords);
  assert.is(queue.bytes, 0);

  stream.log('3');
  assert.equal(texts(queue), ['3']);
});

test('a page that is being read may still be written to', () => {
  const queue = newQueue();
  const stream = new Stream(queue, 1).log('1', '2');
  assert.equal(texts(queue, Infinity, 1), ['1']);
  stream.log('3');
  queue.settle(new RecordList());

  assert.equal(texts(queue), ['2', '3']);
});

test.run();
