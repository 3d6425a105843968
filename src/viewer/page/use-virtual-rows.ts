import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

/** Above and below what is in sight, so that a quick scroll meets no empty place. */
const OVERSCAN_ROWS = 16;

export interface VirtualRows {
  /** The rows to draw: from the first one, up to the one before the last. */
  readonly from: number;
  readonly to: number;
  readonly heightPx: number;
}

/** Rows of one height, of which only those in sight are in the document. */
export function useVirtualRows(
  scroller: RefObject<HTMLElement | null>,
  { count, rowHeight }: { readonly count: number; readonly rowHeight: number },
): VirtualRows {
  const [{ top, height }, see] = useState({ top: 0, height: 1200 });
  useLayoutEffect(() => {
    const element = scroller.current!;
    const look = () => see({ top: element.scrollTop, height: element.clientHeight });
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);
  // Where rows were taken away, the place is beyond their end until the browser has moved it.
  const maxTop = Math.max(0, count * rowHeight - height);
  const first = Math.floor(Math.min(top, maxTop) / rowHeight);
  return {
    from: Math.max(0, first - OVERSCAN_ROWS),
    to: Math.min(count, first + Math.ceil(height / rowHeight) + OVERSCAN_ROWS),
    heightPx: count * rowHeight,
  };
}
