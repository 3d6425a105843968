import { ENTRY_HEADER_BYTES, entryBytesAt, entryStream } from './entry.js';
import type { Page } from './pages.js';
import { isRecordTag, TAG_SCOPE } from './protocol.js';
import { paddedFrameBytes } from './ring.js';

/**
 * Counts the records in a page's entries, from one entry on.
 *
 * @param onScope Called with stream and offset of each frame that defines a scope.
 */
export function countRecords(
  { bytes, length }: Page,
  from = 0,
  onScope?: (stream: number, at: number) => void,
): number {
  let records = 0;
  for (let entry = from; entry < length; ) {
    const end = entry + entryBytesAt(bytes, entry, length);
    for (let at = entry + ENTRY_HEADER_BYTES; at < end; ) {
      const tag = bytes[at + 4];
      if (isRecordTag(tag)) records++;
      else if (tag === TAG_SCOPE) onScope?.(entryStream(bytes, entry), at);
      at += paddedFrameBytes(bytes.readUInt32LE(at));
    }
    entry = end;
  }
  return records;
}
