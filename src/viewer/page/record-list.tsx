import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ViewedRecord } from '../api.js';
import { dayOf, millisecondsOf } from './format.js';
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

/** So early is more asked for that a reader seldom sees the list end. */
const REACH_PX = 60 * ROW_HEIGHT;
/** Stays above the rows, in the same box, so that its columns are theirs whatever a scroll bar takes. */
const HEADER_HEIGHT = 24;
const AT_END_PX = ROW_HEIGHT;

export function RecordList(props: RecordListProps) {
  const { rows, selectedId, label } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualRows(scroller, { count: rows.length, rowHeight: ROW_HEIGHT });
  usePlace(scroller, props);
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

function scrolled(element: HTMLElement, props: RecordListProps): void {
  const { scrollTop, scrollHeight, clientHeight } = element;
  const belowPx = scrollHeight - scrollTop - clientHeight;
  const isAtEnd = belowPx <= AT_END_PX;
  if (!isAtEnd) props.onLeaveEnd();
  if (!props.isFollowing && belowPx < REACH_PX) props.onNearEnd(isAtEnd);
  if (scrollTop < REACH_PX) props.onReachStart();
}

function usePlace(scroller: { current: HTMLElement | null }, props: RecordListProps): void {
  const { rows, shift, isFollowing } = props;
  const lastShift = useRef(shift);
  const lastEnd = useRef(0);
  // Rows were put in front, or taken away there: the same ones stay in sight.
  useLayoutEffect(() => {
    const moved = shift - (lastShift.current ?? 0);
    lastShift.current = shift;
    const element = scroller.current;
    if (element && moved !== 0 && !isFollowing) element.scrollTop += moved * ROW_HEIGHT;
  }, [shift]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || !isFollowing) {
      lastEnd.current = 0;
      return;
    }
    const { scrollTop, scrollHeight, clientHeight } = element;
    // Moved by the user since, of which the event is still to come: not to be undone.
    const isMoved = scrollTop < lastEnd.current! - AT_END_PX;
    if (isMoved && lastEnd.current! <= scrollHeight - clientHeight) {
      props.onLeaveEnd();
      return;
    }
    element.scrollTop = scrollHeight;
    lastEnd.current = element.scrollTop;
  });
  // A list that does not fill its room never scrolls, so it would never ask for more.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && rows.length > 0 && element.scrollHeight <= element.clientHeight) {
      props.onReachStart();
    }
  }, [rows.length]);
}

function useSelectionInSight(
  scroller: { current: HTMLElement | null },
  props: RecordListProps,
): void {
  const { selectedId, rows } = props;
  const index = selectedId === null ? -1 : rows.findIndex(({ id }) => id === selectedId);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || index < 0) return;
    const top = index * ROW_HEIGHT;
    if (top < element.scrollTop) element.scrollTop = top;
    const end = top + ROW_HEIGHT + HEADER_HEIGHT - element.clientHeight;
    if (end > element.scrollTop) element.scrollTop = end;
  }, [selectedId, index >= 0]);
}

// A list of today needs no dates.
function hasOtherDay(rows: readonly Row[]): boolean {
  const today = dayOf(Date.now());
  return [rows[0], rows.at(-1)].some(
    row => row !== undefined && !isGap(row) && dayOf(millisecondsOf(row.timeUnixNano)) !== today,
  );
}
