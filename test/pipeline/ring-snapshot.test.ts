import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RING_READ, RING_READ_LAPS, RING_WRITTEN } from '../../src/pipeline/protocol.js';
import { RingReader } from '../../src/pipeline/ring.js';
import { createRingBuffer } from '../../src/pipeline/ring-buffer.js';
import { snapshotRing } from '../../src/pipeline/ring-snapshot.js';

const test = suite('pipeline/ring-snapshot');

const TWO_TO_32 = 2 ** 32;

test('a reader that goes past 2^32 meanwhile is seen where it is', () => {
  const ring = createRingBuffer(1024);
  const slots = new Int32Array(ring, 0, ring.byteLength >> 2);
  slots[RING_READ] = slots[RING_WRITTEN] = -8;
  const reader = new RingReader(ring);
  let hasReleased = false;
  // The reader's thread comes between the loads of the two halves of its position.
  const load = ((of: Int32Array, index: number) => {
    const value = Atomics.load(of, index);
    if (index === RING_READ_LAPS && !hasReleased) {
      hasReleased = true;
      reader.release(16);
    }
    return value;
  }) as typeof Atomics.load;

  const copy = snapshotRing(ring, load);

  assert.is(hasReleased, true);
  assert.is(new RingReader(copy).position, TWO_TO_32 + 8);
});

test.run();
