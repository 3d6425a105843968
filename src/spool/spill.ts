import { attempt } from '../attempt.js';
import { ENTRY_HEADER_BYTES, sealEntry } from '../pipeline/entry.js';
import type { RingAnnouncement } from '../pipeline/protocol.js';
import { RingReader } from '../pipeline/ring.js';
import { snapshotRing } from '../pipeline/ring-snapshot.js';
import { openOwnFile, writeAll } from './files.js';
import { closeSync, ftruncateSync, mkdirSync } from './fs.js';
import { under } from './place.js';
import { SEGMENT_SUFFIX } from './segments.js';

/** Segments that may hold copies of what is in others. */
export const SPILL_PREFIX = 'rest-';

export interface SpillOptions {
  /** Of this process's folder in the spool. */
  readonly path: string;
  readonly rings: readonly RingAnnouncement[];
  /** Entries that define what was defined before. */
  readonly scopes: Buffer;
  /** In a folder that may be new: says whose records these will be. */
  prepare(path: string): void;
}

/**
 * At the end of a process whose exporter thread did not get so far: it is starting, starved, or
 * dead. What the rings still hold goes to disk from here, for whoever comes next. Never throws.
 */
export function spillRings({ path, rings, scopes, prepare }: SpillOptions): void {
  for (let i = 0; i < rings.length; i++) {
    const { ringId, ring } = rings[i]!;
    if (!new RingReader(ring).hasFrames()) continue;
    try {
      mkdirSync(path, { recursive: true, mode: 0o700 });
      // Records of unknown origin are better than none.
      attempt(() => prepare(path));
      // Behind the exporter's own, and in place of what was spilled before.
      const file = under(path, `${SPILL_PREFIX}${ringId}${SEGMENT_SUFFIX}`);
      writeAnew(file, Buffer.concat([scopes, ...entriesIn(ring, ringId)]));
    } catch {
      // No room, no file to be had: there is no other place.
    }
  }
}

// In a copy: to the exporter thread, should it come so far after all, nothing is taken.
function entriesIn(ring: SharedArrayBuffer, stream: number): Buffer[] {
  const copy = snapshotRing(ring);
  const reader = new RingReader(copy);
  const entries: Buffer[] = [];
  while (reader.hasFrames()) {
    const entry = Buffer.alloc(ENTRY_HEADER_BYTES + copy.byteLength);
    const frameBytes = reader.copyInto(entry, ENTRY_HEADER_BYTES, entry.length);
    sealEntry(entry, 0, { frameBytes, stream, position: reader.position });
    entries.push(entry.subarray(0, ENTRY_HEADER_BYTES + frameBytes));
    reader.release(frameBytes);
  }
  return entries;
}

function writeAnew(path: string, bytes: Buffer): void {
  const fd = openOwnFile(path);
  try {
    ftruncateSync(fd, 0);
    writeAll(fd, bytes, 0);
  } finally {
    closeSync(fd);
  }
}
