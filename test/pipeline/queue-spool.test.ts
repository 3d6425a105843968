import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PAGE_BYTES } from '../../src/pipeline/pages.js';
import { Queue } from '../../src/pipeline/queue.js';
import { RecordList } from '../../src/pipeline/record-list.js';
import { RingReader, RingWriter } from '../../src/pipeline/ring.js';
import { createRingBuffer } from '../../src/pipeline/ring-buffer.js';
import { createScopeBuffer, ScopeBook } from '../../src/pipeline/scope-book.js';
import type { Spool } from '../../src/pipeline/spool.js';
import { writeFrame } from '../helpers/frames.js';
import { ownSpool, temporaryFolder } from '../helpers/spool.js';

const test = suite('pipeline/queue-spool');

/** More than the queue holds in memory. */
const PAGES = 20;

function create(
  changes: (queue: () => Queue) => Partial<Spool> = () => ({}),
  mostBytes = Infinity,
) {
  const own = ownSpool(temporaryFolder());
  const spool: Spool = {
    get endOffset() {
      return own.endOffset;
    },
    prepare: () => {},
    append(bytes) {
      if (own.endOffset > mostBytes) throw new Error('ENOSPC');
      return own.append(bytes);
    },
    read: (offset, into) => own.read(offset, into),
    settle: (records, offset) => own.settle(records, offset),
    forget: stream => own.forget(stream),
    ...changes(() => queue),
  };
  let lost = 0;
  const queue: Queue = new Queue({
    scopes: new ScopeBook(createScopeBuffer()),
    spool,
    onLost: records => {
      lost += records;
    },
  });
  const ring = createRingBuffer(2 ** 21);
  const [writer, reader] = [new RingWriter(ring), new RingReader(ring)];
  let logged = 0;
  const log = (count: number) => {
    for (let i = 0; i < count; i++) {
      const text = Buffer.from(`${logged++} `.padEnd(PAGE_BYTES / 2));
      assert.ok(writeFrame(writer, text));
      while (queue.drain(0, reader));
    }
  };
  return { own, queue, log, lost: () => lost };
}

function takeAll(queue: Queue): number[] {
  const numbers: number[] = [];
  for (;;) {
    const records = new RecordList();
    queue.take(records, PAGE_BYTES, Infinity);
    if (records.count === 0) return numbers;
    for (let i = 0; i < records.count; i++) {
      numbers.push(Number.parseInt(records.page(i).toString('utf8', records.starts[i]), 10));
    }
    queue.settle(records);
  }
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

test('what memory does not hold is read from disk, in order, and then memory is used again', () => {
  const { own, queue, log } = create();
  log(PAGES * 2);
  assert.ok(queue.bytes < PAGES * PAGE_BYTES);
  assert.equal(takeAll(queue), upTo(PAGES * 2));
  assert.is(queue.bytes, 0);
  assert.is(own.bytes, 0);

  log(2);
  assert.equal(takeAll(queue), [PAGES * 2, PAGES * 2 + 1]);
});

test('while it is read, more may come', () => {
  const { queue, log } = create();
  log(PAGES * 2);
  const records = new RecordList();
  queue.take(records, Infinity, 3);
  log(PAGES * 2);
  queue.settle(records);

  assert.equal(takeAll(queue), upTo(PAGES * 4).slice(3));
});

test('after the disk was full, memory follows what is on disk', () => {
  const { queue, log } = create(() => ({}), PAGES * PAGE_BYTES);
  log(PAGES * 4);

  assert.is(queue.isSpooled, false);
  assert.equal(takeAll(queue), upTo(PAGES * 4));
});

test('a spool that turns out to be claimed leaves nothing that cannot be taken', () => {
  let isClaimed = false;
  const { queue, log } = create(getQueue => ({
    prepare() {
      if (isClaimed) getQueue().forgetBehind();
      isClaimed = false;
    },
  }));
  log(PAGES * 2);
  isClaimed = true;
  log(4);

  const taken = takeAll(queue);
  assert.equal(taken.slice(-4), upTo(PAGES * 2 + 4).slice(-4));
  assert.is(queue.waitingRecords, 0);
  assert.is(queue.bytes, 0);
});

test.run();
