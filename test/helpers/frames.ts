import { FRAME_HEADER_BYTES, TAG_LOG, TAG_SKIP } from '../../src/pipeline/protocol.js';
import { paddedFrameBytes, type RingReader, type RingWriter } from '../../src/pipeline/ring.js';

export interface Frame {
  readonly tag: number;
  readonly severity: number;
  readonly scopeId: number;
  readonly payload: Buffer;
}

/** Writes one frame; false when there was no room. */
export function writeFrame(
  writer: RingWriter,
  payload: Uint8Array,
  { tag = TAG_LOG, severity = 9, scopeId = 1 } = {},
): boolean {
  const offset = writer.reserve(payload.length);
  if (offset < 0) return false;
  writer.bytes.set(payload, offset);
  writer.commit(payload.length, tag, severity, scopeId);
  return true;
}

/** As a ring's reader would hand it over. */
export function frameBytes(
  payload: Uint8Array,
  { tag = TAG_LOG, severity = 9, scopeId = 1 } = {},
): Buffer {
  const bytes = Buffer.alloc(paddedFrameBytes(payload.length));
  bytes.writeUInt32LE(payload.length, 0);
  bytes[4] = tag;
  bytes[5] = severity;
  bytes.writeUInt16LE(scopeId, 6);
  bytes.set(payload, FRAME_HEADER_BYTES);
  return bytes;
}

/** Everything there is to read now, without the skipped rests. */
export function readFrames(reader: RingReader): Frame[] {
  const frames: Frame[] = [];
  for (let chunk = takeChunk(reader); chunk.length > 0; chunk = takeChunk(reader)) {
    frames.push(...splitFrames(chunk));
  }
  return frames.filter(({ tag }) => tag !== TAG_SKIP);
}

/** All whole frames that lie in a row and fit. */
export function takeChunk(reader: RingReader, roomBytes = 16 * 1024 * 1024): Buffer {
  const target = Buffer.allocUnsafe(roomBytes);
  const bytes = reader.copyInto(target, 0, roomBytes);
  reader.release(bytes);
  return target.subarray(0, bytes);
}

export function splitFrames(chunk: Buffer): Frame[] {
  const frames: Frame[] = [];
  for (let at = 0; at < chunk.length; ) {
    const length = chunk.readUInt32LE(at);
    const start = at + FRAME_HEADER_BYTES;
    frames.push({
      tag: chunk[at + 4]!,
      severity: chunk[at + 5]!,
      scopeId: chunk.readUInt16LE(at + 6),
      payload: chunk.subarray(start, start + length),
    });
    at += paddedFrameBytes(length);
  }
  return frames;
}
