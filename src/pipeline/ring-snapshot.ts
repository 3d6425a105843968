import { RING_READ, RING_READ_LAPS, RING_WRITTEN } from './protocol.js';

/**
 * What a ring holds, copied beside its two owners while they go on. Whole frames up to where the
 * writer had got before, without what the reader took meanwhile: the writer may have written over
 * that while it was copied.
 */
export function snapshotRing(ring: SharedArrayBuffer): SharedArrayBuffer {
  const slots = new Int32Array(ring, 0, ring.byteLength >> 2);
  const written = Atomics.load(slots, RING_WRITTEN);
  const copy = new SharedArrayBuffer(ring.byteLength);
  new Uint8Array(copy).set(new Uint8Array(ring));
  const copied = new Int32Array(copy);
  copied[RING_READ_LAPS] = Atomics.load(slots, RING_READ_LAPS);
  // Not a plain load: what was copied might be read after it.
  const read = Atomics.add(slots, RING_READ, 0);
  copied[RING_READ] = read;
  const isAllTaken = ((written - read) | 0) < 0;
  copied[RING_WRITTEN] = isAllTaken ? read : written;
  return copy;
}
