import { ERROR, INFO, WARN } from '../severity.js';
import { ENTRY_HEADER_BYTES, entryPosition, entryStream, sealEntry } from './entry.js';
import type { Page } from './pages.js';
import { isRecordTag } from './protocol.js';
import { paddedFrameBytes } from './ring.js';

/** What is kept while there is not room for all. */
export interface SeverityFilter {
  readonly leastSeverity: number;
  /** Called for each record that is not kept. */
  drop(severityNumber: number): void;
}

/** Of the room there is: beyond it only records from that severity on are kept. */
const THRESHOLDS = [
  [1, Infinity],
  [0.95, ERROR],
  [0.9, WARN],
  [0.8, INFO],
] as const;

/** 0 while everything is kept. */
export function leastSeverityAt(fill: number): number {
  return THRESHOLDS.find(([share]) => fill >= share)?.[1] ?? 0;
}

/**
 * Takes the less severe records out of a page's last entry, in place: what is left of it stands there
 * as one entry for each run of frames, for a frame's position is counted from its entry's.
 *
 * @param from Where that entry begins.
 */
export function keepSevere(
  page: Page,
  from: number,
  { leastSeverity, drop }: SeverityFilter,
): void {
  const { bytes, length } = page;
  const stream = entryStream(bytes, from);
  const shift = entryPosition(bytes, from) - from - ENTRY_HEADER_BYTES;
  let to = from;
  let run = from + ENTRY_HEADER_BYTES;
  const endRun = (end: number) => {
    const frameBytes = end - run;
    if (frameBytes === 0) return;
    // A dropped record is longer than the header that is written in its place.
    bytes.copyWithin(to + ENTRY_HEADER_BYTES, run, end);
    sealEntry(bytes, to, { frameBytes, stream, position: run + shift });
    to += ENTRY_HEADER_BYTES + frameBytes;
  };
  for (let at = run; at < length; ) {
    const end = at + paddedFrameBytes(bytes.readUInt32LE(at));
    const severityNumber = bytes[at + 5] || INFO;
    if (isRecordTag(bytes[at + 4]) && severityNumber < leastSeverity) {
      endRun(at);
      drop(severityNumber);
      run = end;
    }
    at = end;
  }
  endRun(length);
  page.length = to;
}
