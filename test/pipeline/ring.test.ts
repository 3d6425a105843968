import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RING_READ, RING_WRITTEN, TAG_SCOPE } from '../../src/pipeline/protocol.js';
import { RingReader, RingWriter } from '../../src/pipeline/ring.js';
import { createRingBuffer } from '../../src/pipeline/ring-buffer.js';
import { readFrames, splitFrames, takeChunk, writeFrame } from '../helpers/frames.js';
import { seededRandom } from '../helpers/seeded-random.js';

const test = suite('pipeline/ring');

/** Both halves of a ring whose positions have come to `position`. */
function createRing(capacityBytes: number, position = 0) {
  const buffer = createRingBuffer(capacityBytes);
  const slots = new Int32Array(buffer);
  slots[RING_WRITTEN] = slots[RING_READ] = position;
  return { buffer, writer: new RingWriter(buffer), reader: new RingReader(buffer) };
}

test('a frame arrives with its tag, severity and scope', () => {
  const { writer, reader } = createRing(1024);

  writeFrame(writer, Buffer.from('hello'), { tag: TAG_SCOPE, severity: 21, scopeId: 65_535 });

  const [frame] = readFrames(reader);
  assert.equal(
    { ...frame, payload: frame?.payload.toString() },
    { tag: TAG_SCOPE, severity: 21, scopeId: 65_535, payload: 'hello' },
  );
});

test('an empty ring has no frames', () => {
  const { reader } = createRing(1024);

  assert.is(reader.hasFrames(), false);
  assert.is(reader.nextFrameBytes(), 0);
  assert.is(takeChunk(reader).length, 0);
});

test('what is reserved and not committed is not read', () => {
  const { writer, reader } = createRing(1024);

  writer.reserve(16);

  assert.is(reader.hasFrames(), false);
});

test('a frame of exactly the free bytes fits, and one byte more does not', () => {
  const { writer } = createRing(1024);

  assert.is(writeFrame(writer, Buffer.alloc(1024 - 8 + 1)), false);
  assert.is(writeFrame(writer, Buffer.alloc(1024 - 8)), true);
  assert.is(writeFrame(writer, Buffer.alloc(0)), false);
});

test('a ring that is full to the last byte is not taken for an empty one', () => {
  const { writer, reader } = createRing(1024);
  writeFrame(writer, Buffer.alloc(1024 - 8));

  assert.is(reader.hasFrames(), true);
  assert.is(readFrames(reader).length, 1);
});

test('a frame that does not fit before the end begins at the start', () => {
  const { writer, reader } = createRing(1024);
  writeFrame(writer, Buffer.alloc(800));
  readFrames(reader);

  writeFrame(writer, Buffer.from('x'.repeat(300)));

  assert.equal(
    readFrames(reader).map(({ payload }) => payload.toString()),
    ['x'.repeat(300)],
  );
});

test('a rest of eight bytes at the end is skipped', () => {
  const { writer, reader } = createRing(64);
  writeFrame(writer, Buffer.alloc(48));
  readFrames(reader);

  writeFrame(writer, Buffer.from('12345678'));

  assert.equal(
    readFrames(reader).map(({ payload }) => payload.toString()),
    ['12345678'],
  );
});

test('a frame and the rest it would skip must both be free', () => {
  const { writer, reader } = createRing(64);
  writeFrame(writer, Buffer.alloc(24));
  readFrames(reader);
  writeFrame(writer, Buffer.alloc(8));

  // 16 bytes are left before the end, 32 before the unread frame.
  assert.is(writeFrame(writer, Buffer.alloc(32)), false);
  assert.is(writeFrame(writer, Buffer.alloc(24)), true);
});

for (const start of [0, 2 ** 31 - 512, 2 ** 32 - 512, 2 ** 32 - 8]) {
  test(`frames of random sizes arrive in order when positions start at ${start}`, () => {
    const { writer, reader } = createRing(256, start);
    const random = seededRandom(start + 1);
    const sent: string[] = [];
    const received: string[] = [];
    const receive = () =>
      received.push(...readFrames(reader).map(({ payload }) => payload.toString()));

    for (let i = 0; i < 500; i++) {
      // At most half the ring, header included: larger frames may have to wait for a position, too.
      const text = `${i}:${'x'.repeat(random.integer(110))}`;
      if (!writeFrame(writer, Buffer.from(text))) {
        receive();
        assert.ok(writeFrame(writer, Buffer.from(text)));
      }
      sent.push(text);
      if (random.integer(5) === 0) receive();
    }
    receive();

    assert.equal(received, sent);
  });
}

test('a reader knows when it has reached a position, also across the overflow', () => {
  const { writer, reader } = createRing(256, 2 ** 32 - 16);
  writeFrame(writer, Buffer.alloc(20));
  const until = reader.written();

  assert.is(reader.hasReached(until), false);
  takeChunk(reader);
  assert.is(reader.hasReached(until), false);
  takeChunk(reader);
  assert.is(reader.hasReached(until), true);
});

test('a second reader goes on where the first ended, and knows the position, also past 2^32', () => {
  const { buffer, writer, reader } = createRing(256, 2 ** 32 - 16);
  writeFrame(writer, Buffer.from('first'));
  readFrames(reader);
  writeFrame(writer, Buffer.from('second'));
  const second = new RingReader(buffer);

  assert.is(second.position, 2 ** 32);
  assert.equal(
    readFrames(second).map(({ payload }) => payload.toString()),
    ['second'],
  );
});

test('only whole frames are copied, and they stay until they are released', () => {
  const { writer, reader } = createRing(1024);
  for (const text of ['one', 'two', 'three']) writeFrame(writer, Buffer.from(text));
  const target = Buffer.alloc(100);

  // 16 bytes each.
  assert.is(reader.nextFrameBytes(), 16);
  assert.is(reader.copyInto(target, 60, 100), 32);
  assert.equal(
    splitFrames(target.subarray(60, 92)).map(({ payload }) => payload.toString()),
    ['one', 'two'],
  );
  assert.is(reader.copyInto(target, 0, 15), 0);
  reader.release(16);
  assert.equal(
    readFrames(reader).map(({ payload }) => payload.toString()),
    ['two', 'three'],
  );
});

test('how full a ring is takes account of what was read', () => {
  const { writer, reader } = createRing(256);
  writeFrame(writer, Buffer.alloc(120));

  assert.is(writer.isFilledOver(127), true);
  assert.is(writer.isFilledOver(128), false);
  readFrames(reader);
  assert.is(writer.isFilledOver(0), false);
});

test('dropped records are told once, whichever reader asks', () => {
  const { buffer, writer, reader } = createRing(256);
  writer.countDropped();
  writer.countDropped();

  assert.is(reader.takeDropped(), 2);
  assert.is(new RingReader(buffer).takeDropped(), 0);
});

test('waiting for space ends at once when the reader has moved, and in vain when it has not', () => {
  const { writer, reader } = createRing(64);
  writeFrame(writer, Buffer.alloc(56));

  assert.is(writeFrame(writer, Buffer.alloc(8)), false);
  assert.is(writer.waitForSpace(1), false);
  takeChunk(reader);
  assert.is(writer.waitForSpace(60_000), true);
});

test.run();
