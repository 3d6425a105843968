import { useLayoutEffect, useRef } from 'preact/hooks';
import type { RecordListProps } from './record-list.js';
import { ROW_HEIGHT } from './record-row.js';

/** So early is more asked for that a reader seldom sees the list end. */
const REACH_PX = 60 * ROW_HEIGHT;
const HEADER_HEIGHT = 24;
const AT_END_PX = ROW_HEIGHT;

interface Scroller {
  readonly current: HTMLElement | null;
}

/** Tells of the ends that a scroll has come near to, or has left. */
export function scrolled(element: HTMLElement, props: RecordListProps): void {
  const { scrollTop, scrollHeight, clientHeight } = element;
  const belowPx = scrollHeight - scrollTop - clientHeight;
  const isAtEnd = belowPx <= AT_END_PX;
  if (!isAtEnd) props.onLeaveEnd();
  if (!props.isFollowing && belowPx < REACH_PX) props.onNearEnd(isAtEnd);
  if (scrollTop < REACH_PX) props.onReachStart();
}

/** Rows were put in front, or taken away there: the same ones stay in sight. */
export function useSameRows(scroller: Scroller, { shift, isFollowing }: RecordListProps): void {
  const lastShift = useRef(shift);
  useLayoutEffect(() => {
    const moved = shift - (lastShift.current ?? 0);
    lastShift.current = shift;
    const element = scroller.current;
    if (element && moved !== 0 && !isFollowing) element.scrollTop += moved * ROW_HEIGHT;
  }, [shift]);
}

/** Whoever follows sees the newest row. */
export function useEnd(scroller: Scroller, { isFollowing, onLeaveEnd }: RecordListProps): void {
  const lastEnd = useRef(0);
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
      onLeaveEnd();
      return;
    }
    element.scrollTop = scrollHeight;
    lastEnd.current = element.scrollTop;
  });
}

/** A list that does not fill its room never scrolls, so it would never ask for more. */
export function useFullRoom(scroller: Scroller, { rows, onReachStart }: RecordListProps): void {
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && rows.length > 0 && element.scrollHeight <= element.clientHeight) onReachStart();
  }, [rows.length]);
}

/** The record that is chosen is scrolled to. */
export function useSelectionInSight(
  scroller: Scroller,
  { selectedId, rows }: RecordListProps,
): void {
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
