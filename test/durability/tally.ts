import { existsSync, readFileSync } from 'node:fs';
import type { ReceivedLog } from '../../src/receiver/received-log.js';

/** What a program says of a record that it has logged. */
export interface LoggedLine {
  readonly seq: number;
  readonly phase: 'early' | 'running' | 'last';
  readonly isError: boolean;
  readonly atMs: number;
}

/** Delivered of what was logged. */
export interface Share {
  readonly delivered: number;
  readonly logged: number;
}

export interface Tally {
  /** ERROR and above. */
  readonly severe: Share;
  readonly rest: Share;
  /** Of the rest, those logged within the last 20 ms before the last record of all. */
  readonly late: Share;
  readonly lostPhases: ReadonlySet<string>;
  /** How long before the last record of all the oldest lost one was logged; 0 when none was. */
  readonly oldestLostMs: number;
  /** From the first record to the last. */
  readonly loggedForMs: number;
  readonly duplicates: number;
  /** Sequence numbers that were never logged. */
  readonly invented: number;
  readonly fatal: number;
}

const LATE_MS = 20;

export function readLedger(path: string): LoggedLine[] {
  if (!existsSync(path)) return [];
  // The last line is torn when the program was killed in its midst.
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map(line => JSON.parse(line) as LoggedLine);
}

/** Compares what was logged and what has arrived, by sequence numbers. */
export function tally(logged: readonly LoggedLine[], arrived: readonly ReceivedLog[]): Tally {
  const numbers = arrived.map(({ attributes }) => attributes.seq).filter(isNumber);
  const seen = new Set(numbers);
  const known = new Set(logged.map(({ seq }) => seq));
  const lost = logged.filter(({ seq }) => !seen.has(seq));
  const endMs = logged.at(-1)?.atMs ?? 0;
  const share = (isWanted: (line: LoggedLine) => boolean): Share => {
    const wanted = logged.filter(isWanted);
    return { delivered: wanted.filter(({ seq }) => seen.has(seq)).length, logged: wanted.length };
  };
  return {
    severe: share(({ isError }) => isError),
    rest: share(({ isError }) => !isError),
    late: share(({ isError, atMs }) => !isError && endMs - atMs <= LATE_MS),
    lostPhases: new Set(lost.map(({ phase }) => phase)),
    oldestLostMs: Math.max(0, ...lost.map(({ atMs }) => endMs - atMs)),
    loggedForMs: endMs - (logged[0]?.atMs ?? endMs),
    duplicates: numbers.length - seen.size,
    // The very last one may have been logged, and not yet been noted.
    invented: [...seen].filter(seq => !known.has(seq) && seq !== logged.length).length,
    fatal: arrived.filter(({ severityText }) => severityText === 'FATAL').length,
  };
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}
