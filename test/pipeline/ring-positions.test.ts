import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RingReader, RingWriter } from '../../src/pipeline/ring.js';
import { createRingBuffer } from '../../src/pipeline/ring-buffer.js';
import { takeChunk, writeFrame } from '../helpers/frames.js';

const test = suite('pipeline/ring-positions');

test('what was read stays read, however much is written after it', () => {
  const ring = createRingBuffer(256);
  const [writer, reader] = [new RingWriter(ring), new RingReader(ring)];
  writeFrame(writer, Buffer.alloc(20));
  assert.is(writer.isReadUpTo(28), false);
  takeChunk(reader);
  assert.is(writer.isReadUpTo(28), true);
  for (let written = 0; written < 3 * 2 ** 20; written += 248) {
    writeFrame(writer, Buffer.alloc(240));
    takeChunk(reader);
  }

  assert.is(writer.isReadUpTo(28), true);
});

test.run();
