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
  /** Of the lost ones, how long before the last record of all each was logged. */
  readonly lostMsBeforeEnd: readonly number[];
  readonly lostPhases: ReadonlySet<string>;
  readonly duplicates: number;
  /** Sequence numbers that were never logged. */
  readonly invented: number;
  readonly fatal: number;
}

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
  const share = (wanted: boolean): Share => {
    const ofKind = logged.filter(({ isError }) => isError === wanted);
    return { delivered: ofKind.filter(({ seq }) => seen.has(seq)).length, logged: ofKind.length };
  };
  return {
    severe: share(true),
    rest: share(false),
    lostMsBeforeEnd: lost.map(({ atMs }) => endMs - atMs),
    lostPhases: new Set(lost.map(({ phase }) => phase)),
    duplicates: numbers.length - seen.size,
    // The very last one may have been logged, and not yet been noted.
    invented: [...seen].filter(seq => !known.has(seq) && seq !== logged.length).length,
    fatal: arrived.filter(({ severityText }) => severityText === 'FATAL').length,
  };
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}
