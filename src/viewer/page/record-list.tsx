import { useRef } from 'preact/hooks';
import type { ViewedRecord } from '../api.js';
import { dayOf, millisecondsOf } from './format.js';
import { scrolled, useEnd, useFullRoom, useSameRows, useSelectionInSight } from './list-place.js';
import { GapRow, RecordRow, ROW_HEIGHT } from './record-row.js';
import { type Gap, isGap, type Row } from './record-window.js';
import { useVirtualRows } from './use-virtual-rows.js';

export interface RecordListProps {
  readonly rows: readonly Row[];
  /** See RecordWindow: a change of it moves the rows, and the reader's place with them. */
  readonly shift: number;
  readonly isFollowing: boolean;
  readonly selectedId: number | null;
  /** Of a trace: where its time begins. */
  readonly startUnixNano?: string | undefined;
  readonly label: string;
  readonly onSelect: (record: ViewedRecord) => void;
  readonly onFill: (gap: Gap) => void;
  /** The user turned away from the newest. */
  readonly onLeaveEnd: () => void;
  readonly onNearEnd: (isAtEnd: boolean) => void;
  readonly onReachStart: () => void;
}

export function RecordList(props: RecordListProps) {
  const { rows, selectedId, label } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualRows(scroller, { count: rows.length, rowHeight: ROW_HEIGHT });
  useSameRows(scroller, props);
  useEnd(scroller, props);
  useFullRoom(scroller, props);
  useSelectionInSight(scroller, props);
  const withDay = hasOtherDay(rows);
  return (
    <div class={`list ${withDay ? 'with-day' : ''}`}>
      <div
        ref={scroller}
        class="scroller"
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={rows.length}
        aria-activedescendant={selectedId === null ? undefined : `row-${selectedId}`}
        onScroll={() => scrolled(scroller.current!, props)}
        onWheel={event => event.deltaY < 0 && props.onLeaveEnd()}
        onTouchMove={props.onLeaveEnd}
      >
        <Header isTrace={props.startUnixNano !== undefined} />
        <div class="canvas" role="presentation" style={{ height: `${virtual.heightPx}px` }}>
          {rows.slice(virtual.from, virtual.to).map((row, offset) => {
            const index = virtual.from + offset;
            return (
              <ListRow
                key={row.id}
                {...props}
                {...{ row, index, top: index * ROW_HEIGHT, withDay }}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

type ListRowProps = RecordListProps & { row: Row; index: number; top: number; withDay: boolean };

function ListRow({ row, index, top, withDay, ...props }: ListRowProps) {
  if (isGap(row)) return <GapRow gap={row} onFill={props.onFill} {...{ index, top }} />;
  const { startUnixNano, selectedId, onSelect } = props;
  const sinceNs =
    startUnixNano === undefined ? undefined : BigInt(row.timeUnixNano) - BigInt(startUnixNano);
  const isSelected = row.id === selectedId;
  return <RecordRow record={row} {...{ index, top, withDay, sinceNs, isSelected, onSelect }} />;
}

/** Stays above the rows, in the same box, so that its columns are theirs whatever a scroll bar takes. */
function Header({ isTrace }: { isTrace: boolean }) {
  const titles = [isTrace ? 'Since start' : 'Time', 'Level', 'Service', 'Message', 'Fields'];
  return (
    <div class="row header" role="presentation" aria-hidden="true">
      {titles.map(title => (
        <span key={title}>{title}</span>
      ))}
    </div>
  );
}

// A list of today needs no dates.
function hasOtherDay(rows: readonly Row[]): boolean {
  const today = dayOf(Date.now());
  return [rows[0], rows.at(-1)].some(
    row => row !== undefined && !isGap(row) && dayOf(millisecondsOf(row.timeUnixNano)) !== today,
  );
}
