import { useEffect, useState } from 'preact/hooks';
import type { ViewedRecord } from '../api.js';
import { isGap, type Row } from './record-window.js';
import type { Standpoint } from './steps.js';

/** The record that is chosen, among the rows that are listed. */
export interface Selection {
  readonly id: number | null;
  /** Undefined where it is not among them. */
  find(id: number | null): ViewedRecord | undefined;
  open(record: ViewedRecord): void;
  move(by: number): void;
  toOldest(): void;
  toNewest(): void;
  /** A trace lists rows of its own. */
  listTrace(rows: readonly ViewedRecord[]): void;
}

export function useSelection({ view, go, tail }: Standpoint): Selection {
  const { recordId, traceId } = view;
  const [id, select] = useState(recordId);
  const [traceRows, listTrace] = useState<readonly ViewedRecord[]>([]);
  useEffect(() => select(last => recordId ?? last), [recordId]);
  const rows: readonly Row[] = traceId === null ? tail.window.rows : traceRows;
  const choose = (chosenId: number | null) => {
    tail.stopFollowing();
    select(chosenId);
  };
  return {
    id,
    listTrace,
    find: wanted => rows.find((row): row is ViewedRecord => row.id === wanted && !isGap(row)),
    open(record) {
      choose(record.id);
      go({ recordId: record.id }, recordId !== null);
    },
    move(by) {
      const record = neighbour(rows, id, by);
      if (!record) return;
      choose(record.id);
      if (recordId !== null) go({ recordId: record.id }, true);
    },
    toOldest: () => choose(rows[0]?.id ?? null),
    toNewest() {
      select(null);
      tail.follow();
    },
  };
}

// Without one that is chosen, the newest.
function neighbour(rows: readonly Row[], id: number | null, by: number): ViewedRecord | undefined {
  const found = rows.findIndex(row => row.id === id);
  let at = found < 0 ? rows.length - 1 : found + by;
  while (rows[at] !== undefined && isGap(rows[at]!)) at += by;
  return rows[at] as ViewedRecord | undefined;
}
