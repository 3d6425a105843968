import type { ViewedRecord } from '../api.js';
import { millisecondsOf } from './format.js';

/** What a page holds at most; older and newer ones are asked for again when they are looked at. */
export const MAX_ROWS = 20_000;

/** Stands for records that came too fast to be sent here. Its id lies before that of the next record. */
export interface Gap {
  readonly isGap: true;
  readonly id: number;
  readonly skipped: number;
}

export type Row = ViewedRecord | Gap;

export function isGap(row: Row): row is Gap {
  return 'isGap' in row;
}

/** A run of records without holes but the gaps that say so, in the order in which they arrived. */
export class RecordWindow {
  rows: Row[] = [];
  /** Rows put in front so far, less those taken away there: by this much a reader's place has moved. */
  shift = 0;
  /** Of the newest record that ever was here, or was heard of. */
  #heardId = 0;

  get firstId(): number {
    return this.rows[0]?.id ?? Number.POSITIVE_INFINITY;
  }

  get lastId(): number {
    return this.rows.at(-1)?.id ?? 0;
  }

  reset(records: readonly ViewedRecord[] = []): void {
    this.rows = [...records];
    this.shift = 0;
    this.hear(records);
  }

  /** How many of these nobody has heard of before; they need not be kept here. */
  hear(records: readonly ViewedRecord[]): number {
    const heardId = this.#heardId;
    this.#heardId = Math.max(heardId, records.at(-1)?.id ?? 0);
    return records.filter(({ id }) => id > heardId).length;
  }

  /** Those that are newer than all here; returns how many there were. */
  append(records: readonly ViewedRecord[], skipped = 0): number {
    const { lastId } = this;
    const newer = records.filter(({ id }) => id > lastId);
    this.hear(newer);
    if (skipped > 0 && newer[0]) this.rows.push({ isGap: true, id: newer[0].id - 0.5, skipped });
    for (const record of newer) this.rows.push(record);
    return newer.length;
  }

  prepend(records: readonly ViewedRecord[]): void {
    const { firstId } = this;
    const older = records.filter(({ id }) => id < firstId);
    this.rows = [...older, ...this.rows];
    this.shift += older.length;
  }

  /** In the place of a gap; what is left of it stays in front of them. */
  fill(gap: Gap, records: readonly ViewedRecord[], hasMore: boolean): void {
    const at = this.rows.indexOf(gap);
    if (at < 0) return;
    const rest = Math.max(1, gap.skipped - records.length);
    const first = records[0];
    const before: Row[] =
      hasMore && first ? [{ isGap: true, id: first.id - 0.5, skipped: rest }] : [];
    this.rows.splice(at, 1, ...before, ...records);
  }

  /** The id of the record before a gap. */
  idBefore(gap: Gap): number {
    return this.rows[this.rows.indexOf(gap) - 1]?.id ?? 0;
  }

  /** Lets go what happened before a time, and gaps that nothing precedes; whether there was any. */
  leaveBefore(fromMs: number): boolean {
    const kept = this.rows.filter(row => isGap(row) || millisecondsOf(row.timeUnixNano) >= fromMs);
    const first = kept.findIndex(row => !isGap(row));
    const rows = first < 0 ? [] : kept.slice(first);
    const left = this.rows.length - rows.length;
    this.rows = rows;
    this.shift -= left;
    return left > 0;
  }

  trimOldest(): boolean {
    const excess = this.rows.length - MAX_ROWS;
    if (excess <= 0) return false;
    this.rows.splice(0, excess);
    this.shift -= excess;
    return true;
  }

  trimNewest(): boolean {
    if (this.rows.length <= MAX_ROWS) return false;
    this.rows.length = MAX_ROWS;
    return true;
  }

  indexOf(id: number | null): number {
    if (id === null) return -1;
    let low = 0;
    let high = this.rows.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = this.rows[middle]!.id;
      if (found === id) return middle;
      if (found < id) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}

/** Lists come newest first, live batches as they arrived; a cursor only works in one order. */
export function ascending(records: readonly ViewedRecord[]): ViewedRecord[] {
  return [...records].sort((a, b) => a.id - b.id);
}
