import { RING_HEADER_BYTES } from './protocol.js';

/**
 * Growable, though it never grows: then V8 asks the kernel for pages, which come as they are
 * touched. A plain one comes from `calloc`, which in a process that has freed others wipes all of
 * it: a hundred worker threads in a row held 600 MB (Node 20.20). Views need a length of their own.
 *
 * @param capacityBytes A power of two.
 */
export function createRingBuffer(capacityBytes: number): SharedArrayBuffer {
  const bytes = RING_HEADER_BYTES + capacityBytes;
  return new SharedArrayBuffer(bytes, { maxByteLength: bytes });
}
