import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BatchEncoder } from '../../src/pipeline/batch.js';
import { Pipeline } from '../../src/pipeline/pipeline.js';
import {
  AWAKE,
  CONTROL_SLOTS,
  EXPORTER_STATE,
  IDLE,
  LINGERING,
} from '../../src/pipeline/protocol.js';
import { Queue } from '../../src/pipeline/queue.js';
import { RecordList } from '../../src/pipeline/record-list.js';
import { RingReader } from '../../src/pipeline/ring.js';
import { createRingBuffer } from '../../src/pipeline/ring-buffer.js';
import { createScopeBuffer, ScopeBook } from '../../src/pipeline/scope-book.js';
import { decodeLogs } from '../../src/receiver/received-log.js';
import { readFrames } from '../helpers/frames.js';
import { fields, logRecord } from '../helpers/log-records.js';

const test = suite('pipeline/pipeline');

const NONE = new Uint8Array(0);

function create(capacityBytes: number) {
  const control = new SharedArrayBuffer(CONTROL_SLOTS * 4);
  const slots = new Int32Array(control);
  const ring = createRingBuffer(capacityBytes);
  const reader = new RingReader(ring);
  const queue = new Queue({ scopes: new ScopeBook(createScopeBuffer()) });
  let starts = 0;
  const pipeline = new Pipeline({ control, ring, start: () => void starts++ });
  return {
    pipeline,
    reader,
    slots,
    starts: () => starts,
    receive() {
      while (queue.drain(0, reader));
      const records = new RecordList();
      queue.take(records, Infinity, Infinity);
      return decodeLogs(new BatchEncoder().encode(records, 0, records.count, NONE));
    },
  };
}

test('the exporter is started by the first record, and once', () => {
  const { pipeline, starts } = create(65_536);
  assert.is(starts(), 0);

  pipeline.write(logRecord());
  pipeline.write(logRecord());

  assert.is(starts(), 1);
});

test('an idle exporter is woken, a lingering one only by a ring that fills', () => {
  const { pipeline, slots, reader } = create(65_536);
  const stateAfterWrite = (state: number, body = 'x') => {
    slots[EXPORTER_STATE] = state;
    pipeline.write(logRecord({ body }));
    return slots[EXPORTER_STATE];
  };

  assert.is(stateAfterWrite(IDLE), AWAKE);
  assert.is(stateAfterWrite(LINGERING), LINGERING);
  assert.is(stateAfterWrite(LINGERING, 'x'.repeat(9_000)), AWAKE);
  readFrames(reader);
  // What it knows of the reader's position is old: it has to look again.
  assert.is(stateAfterWrite(LINGERING), LINGERING);
});

test('a record that fits only by its exact size is written', () => {
  const { pipeline, receive } = create(65_536);
  // Foreseen are three bytes a character: more than the ring has.
  const body = 'x'.repeat(30_000);

  pipeline.write(logRecord({ body }));
  receive();
  pipeline.write(logRecord({ body, attributes: fields({ n: 1 }) }));

  const [record] = receive();
  assert.is(record?.body, body);
  assert.is(record?.scope.name, 'test');
});

for (const [what, length] of [
  ['half the ring', 33_000],
  ['the ring', 200_000],
  ['eight rings', 2_000_000],
] as const) {
  test(`a record larger than ${what} is dropped and counted, and the next one arrives`, () => {
    const { pipeline, reader, receive } = create(65_536);

    pipeline.write(logRecord({ body: 'x'.repeat(length) }));
    pipeline.write(logRecord({ body: 'next' }));

    assert.is(reader.takeDropped(), 1);
    assert.equal(
      receive().map(({ body }) => body),
      ['next'],
    );
  });
}

test('a full ring is waited for once, even if smaller records find room between', () => {
  const { pipeline, reader, receive } = create(65_536);
  pipeline.write(logRecord({ body: 'x'.repeat(8) }));
  receive();
  for (let i = 0; i < 6; i++) pipeline.write(logRecord({ body: 'x'.repeat(9_000) }));

  const startedAt = performance.now();
  for (let i = 0; i < 20; i++) {
    pipeline.write(logRecord({ body: 'x'.repeat(20_000) }));
    pipeline.write(logRecord({ body: 'small' }));
  }
  const tookMs = performance.now() - startedAt;

  assert.is(reader.takeDropped(), 20);
  assert.is(receive().filter(({ body }) => body === 'small').length, 20);
  assert.ok(tookMs < 20 * 250 * 0.5, `took ${tookMs} ms`);
});

test('more scopes than a frame can number keep their names', () => {
  const { pipeline, receive } = create(1024 * 1024);
  let count = 0;

  for (let i = 0; i < 65_540; i++) {
    pipeline.write(logRecord({ scope: { name: `scope ${i}` }, body: i }));
    if (i % 1000 === 0 || i === 65_539) {
      for (const { scope, body } of receive()) {
        assert.is(scope.name, `scope ${body}`);
        count++;
      }
    }
  }

  assert.is(count, 65_540);
});

test.run();
