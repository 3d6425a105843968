import { crc32 } from 'node:zlib';
import { partOfBuffer, writeDouble, writeUInt32 } from '../convert/intrinsics.js';
import { FRAME_HEADER_BYTES, isRecordTag, RING_BYTES, TAG_SCOPE, TAG_SKIP } from './protocol.js';
import { paddedFrameBytes } from './ring.js';

// Entry: some frames of one stream in a row, as they stand in a page of memory and in a file of the
// spool alike. Little endian:
//
//    0  u32  magic
//    4  u32  CRC-32 of everything that follows
//    8  u32  bytes of frames
//   12  u32  stream: a ring's number
//   16  f64  position of the first frame in its stream, in bytes since its beginning
//   24       frames

export const ENTRY_HEADER_BYTES = 24;
/** `OTRe` */
export const ENTRY_MAGIC = 0x6552544f;
/** All of a ring, spilled, is the longest there is; a greater length is not believed. */
const MAX_ENTRY_BYTES = ENTRY_HEADER_BYTES + RING_BYTES;

/** Seals frames that lie behind the space left for the header, at `at`. */
export function sealEntry(
  bytes: Buffer,
  at: number,
  { frameBytes, stream, position }: { frameBytes: number; stream: number; position: number },
): void {
  writeUInt32(bytes, ENTRY_MAGIC, at);
  writeUInt32(bytes, frameBytes, at + 8);
  writeUInt32(bytes, stream, at + 12);
  writeDouble(bytes, position, at + 16);
  const end = at + ENTRY_HEADER_BYTES + frameBytes;
  writeUInt32(bytes, crc32(partOfBuffer(bytes, at + 8, end)), at + 4);
}

/** Of the whole entry, by its header alone; 0 where there is no header, or not all of it. */
export function entryBytesAt(bytes: Buffer, at: number, end: number): number {
  if (end - at < ENTRY_HEADER_BYTES || bytes.readUInt32LE(at) !== ENTRY_MAGIC) return 0;
  const length = ENTRY_HEADER_BYTES + bytes.readUInt32LE(at + 8);
  return length > MAX_ENTRY_BYTES ? 0 : length;
}

/** Whether a whole entry is what was sealed. */
export function isSealed(bytes: Buffer, at: number, length: number): boolean {
  return crc32(bytes.subarray(at + 8, at + length)) === bytes.readUInt32LE(at + 4);
}

/** Whether a whole entry is what was sealed, and frames fill it exactly. */
export function isIntactEntry(bytes: Buffer, at: number, length: number): boolean {
  if (!isSealed(bytes, at, length)) return false;
  const end = at + length;
  let frame = at + ENTRY_HEADER_BYTES;
  while (frame + FRAME_HEADER_BYTES <= end) {
    const tag = bytes[frame + 4]!;
    if (!isRecordTag(tag) && tag !== TAG_SCOPE && tag !== TAG_SKIP) return false;
    const payloadBytes = bytes.readUInt32LE(frame);
    // Padding would hide a length that is a few bytes too many.
    if (frame + FRAME_HEADER_BYTES + payloadBytes > end) return false;
    frame += paddedFrameBytes(payloadBytes);
  }
  return frame === end;
}

export function entryStream(bytes: Buffer, at: number): number {
  return bytes.readUInt32LE(at + 12);
}

export function entryPosition(bytes: Buffer, at: number): number {
  return bytes.readDoubleLE(at + 16);
}
