import { join } from 'node:path';
import { attempt } from '../attempt.js';
import { PageWalk } from '../pipeline/page-walk.js';
import { PagePool } from '../pipeline/pages.js';
import { RecordList } from '../pipeline/record-list.js';
import { namesIn } from './files.js';
import { lstatSync } from './fs.js';
import { SEGMENT_SUFFIX } from './segments.js';
import { MARKS_FILE, readMarks } from './settled-marks.js';
import { SpoolFileReader } from './spool-file-reader.js';
import { parseSpoolName } from './spool-name.js';
import { THROUGH_SUFFIX } from './write-through.js';

/** Of all together: a full spool would take many seconds. */
const MAX_READ_BYTES = 128 * 1024 * 1024;

/** What one destination's folder holds. */
export interface Surveyed {
  readonly folder: string;
  /** Not delivered yet; what is written at this moment may be missing. */
  readonly records: number;
  /** Not all was read: there was too much. */
  readonly isAtLeast: boolean;
  readonly processes: number;
  /** When the first of those that left records showed to be alive last. */
  readonly oldestMs: number | undefined;
}

/** Counts what waits in one user's spools, and changes nothing. */
export function surveySpools(folder: string): Surveyed[] {
  const budget = { bytes: MAX_READ_BYTES };
  return namesIn(folder)
    .filter(name => /^[0-9a-f]{16}$/.test(name))
    .map(name => surveyDestination(join(folder, name), budget));
}

function surveyDestination(folder: string, budget: { bytes: number }): Surveyed {
  let records = 0;
  let processes = 0;
  let oldestMs: number | undefined;
  for (const name of namesIn(folder)) {
    const parsed = parseSpoolName(name);
    const stat = attempt(() => lstatSync(join(folder, name)));
    if (parsed === undefined || !stat?.isDirectory()) continue;
    const count = countRecords(join(folder, name), budget);
    if (count === 0) continue;
    records += count;
    processes++;
    oldestMs = Math.min(oldestMs ?? Infinity, parsed.leftAtMs ?? stat.mtimeMs);
  }
  return { folder, records, processes, oldestMs, isAtLeast: budget.bytes <= 0 };
}

// What was written through, or spilled, may be in a segment as well.
function countRecords(path: string, budget: { bytes: number }): number {
  const settled = readMarks(join(path, MARKS_FILE));
  const seen = new Map<number, Set<number>>();
  const walk = new PageWalk();
  const pool = new PagePool();
  const records = new RecordList();
  for (const name of namesIn(path)) {
    if (!name.endsWith(SEGMENT_SUFFIX) && !name.endsWith(THROUGH_SUFFIX)) continue;
    const reader = SpoolFileReader.open(join(path, name));
    for (;;) {
      const page = budget.bytes > 0 ? reader?.next(pool) : undefined;
      if (page === undefined) break;
      budget.bytes -= page.length;
      walk.begin(page);
      while (walk.next(records)) note(records, settled, seen);
      records.clear();
      pool.give(page);
    }
    reader?.close();
  }
  return [...seen.values()].reduce((sum, positions) => sum + positions.size, 0);
}

function note(
  { streams, positions, count }: RecordList,
  settled: ReadonlyMap<number, number>,
  seen: Map<number, Set<number>>,
): void {
  const [stream, position] = [streams[count - 1]!, positions[count - 1]!];
  if (position < (settled.get(stream) ?? 0)) return;
  const known = seen.get(stream) ?? new Set();
  seen.set(stream, known.add(position));
}
