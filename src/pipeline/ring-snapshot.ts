import { atomicAdd, atomicLoad } from '../convert/intrinsics.js';
import { RING_READ, RING_READ_LAPS, RING_WRITTEN } from './protocol.js';

/**
 * What a ring holds, copied beside its two owners while they go on. Whole frames up to where the
 * writer had got before, without what the reader took meanwhile: the writer may have written over
 * that while it was copied.
 *
 * @param load For tests: what another thread does meanwhile comes in there.
 */
export function snapshotRing(ring: SharedArrayBuffer, load = atomicLoad): SharedArrayBuffer {
  const slots = new Int32Array(ring, 0, ring.byteLength >> 2);
  const written = atomicLoad(slots, RING_WRITTEN);
  const copy = new SharedArrayBuffer(ring.byteLength);
  new Uint8Array(copy).set(new Uint8Array(ring));
  const copied = new Int32Array(copy);
  const { laps, read } = readerOf(slots, load);
  copied[RING_READ_LAPS] = laps;
  copied[RING_READ] = read;
  const isAllTaken = ((written - read) | 0) < 0;
  copied[RING_WRITTEN] = isAllTaken ? read : written;
  return copy;
}

// Both halves of one position: it may go past 2^32 between them.
function readerOf(
  slots: Int32Array,
  load: typeof atomicLoad,
): { readonly laps: number; readonly read: number } {
  for (;;) {
    const laps = load(slots, RING_READ_LAPS);
    // Not a plain load: what was copied might be read after it.
    const read = atomicAdd(slots, RING_READ, 0);
    if (laps === load(slots, RING_READ_LAPS)) return { laps, read };
  }
}
