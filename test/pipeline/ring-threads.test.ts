import { Worker } from 'node:worker_threads';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RING_READ, RING_WRITTEN, TAG_SKIP } from '../../src/pipeline/protocol.js';
import { RingReader } from '../../src/pipeline/ring.js';
import { createRingBuffer } from '../../src/pipeline/ring-buffer.js';
import { splitFrames, takeChunk } from '../helpers/frames.js';

const test = suite('pipeline/ring-threads');

const RING_MODULE = new URL('../../src/pipeline/ring.js', import.meta.url).href;
const FRAMES = 100_000;

// Each frame says its number, its length, and is filled with a byte that follows from the number.
const WRITER = `
  const { workerData } = require('node:worker_threads');
  import(${JSON.stringify(RING_MODULE)}).then(({ RingWriter }) => {
    const ring = new RingWriter(workerData);
    let random = 12345;
    for (let i = 0; i < ${FRAMES}; i++) {
      random = (Math.imul(random, 1103515245) + 12345) >>> 0;
      const length = 8 + (random >>> 8) % 300;
      let offset;
      while ((offset = ring.reserve(length)) < 0) ring.waitForSpace(1000);
      ring.bytes.fill(i & 0xff, offset, offset + length);
      ring.bytes.writeUInt32LE(i, offset);
      ring.bytes.writeUInt32LE(length, offset + 4);
      ring.commit(length, 1, 9, 1);
    }
  });`;

test('frames of random sizes cross threads whole and in order, over the overflow of positions', async () => {
  const buffer = createRingBuffer(4096);
  new Int32Array(buffer).fill(-1_000_000, RING_WRITTEN, RING_WRITTEN + 1);
  new Int32Array(buffer).fill(-1_000_000, RING_READ, RING_READ + 1);
  const reader = new RingReader(buffer);
  const writer = new Worker(WRITER, { eval: true, workerData: buffer });
  let failure: unknown;
  writer.on('error', error => {
    failure = error;
  });

  let expected = 0;
  while (expected < FRAMES && failure === undefined) {
    const chunk = takeChunk(reader, 4096);
    if (chunk.length === 0) {
      await new Promise(resolve => setImmediate(resolve));
      continue;
    }
    for (const { tag, payload } of splitFrames(chunk)) {
      if (tag === TAG_SKIP) continue;
      if (payload.readUInt32LE(0) !== expected || payload.readUInt32LE(4) !== payload.length) {
        assert.unreachable(`frame ${expected} is damaged: ${payload.toString('hex')}`);
      }
      if (!payload.subarray(8).every(byte => byte === (expected & 0xff))) {
        assert.unreachable(`frame ${expected} has foreign bytes`);
      }
      expected++;
    }
  }

  assert.is(failure, undefined);
  assert.is(expected, FRAMES);
});

test.run();
