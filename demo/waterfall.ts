import type { ViewedSpan } from '../src/viewer/api.js';
import { duration } from '../src/viewer/page/format.js';
import { type SpanRow, spanTree } from '../src/viewer/page/span-tree.js';
import type { Paint } from './paint.js';
import { cut, fill, widthOf } from './text-width.js';

interface Time {
  readonly start: bigint;
  readonly end: bigint;
}

const GAP = '  ';
const MAX_NAME_WIDTH = 44;
const NAME_SHARE = 0.45;
const SERVICE_WIDTH = 9;
const DURATION_WIDTH = 7;
const MAX_BAR_WIDTH = 60;
const FAILED = 2;

/** The spans below each other, each with a bar where it lies in the time of all. */
export function formatWaterfall(
  spans: readonly ViewedSpan[],
  width: number,
  paint: Paint,
): readonly string[] {
  const rows = spanTree(spans);
  const time = timeOf(spans);
  const nameWidth = Math.min(
    Math.max(...rows.map(row => widthOf(nameOf(row)))),
    Math.round(width * NAME_SHARE),
    MAX_NAME_WIDTH,
  );
  const left = width - nameWidth - SERVICE_WIDTH - DURATION_WIDTH - 3 * GAP.length;
  const barWidth = Math.min(left, MAX_BAR_WIDTH);
  return rows.map(row => {
    const { service, startUnixNano, endUnixNano, statusCode } = row.span;
    const style = statusCode === FAILED ? 'red' : undefined;
    return [
      paint(style, fill(cut(nameOf(row), nameWidth), nameWidth)),
      paint('cyan', fill(cut(service ?? '-', SERVICE_WIDTH), SERVICE_WIDTH)),
      duration(BigInt(endUnixNano) - BigInt(startUnixNano)).padStart(DURATION_WIDTH),
      barOf(row.span, time, barWidth, text => paint(style ?? 'magenta', text)),
    ].join(GAP);
  });
}

function nameOf({ span, depth }: SpanRow): string {
  return ' '.repeat(depth) + span.name.replace(/\p{Cc}+/gu, ' ');
}

function timeOf(spans: readonly ViewedSpan[]): Time {
  const starts = spans.map(({ startUnixNano }) => BigInt(startUnixNano));
  const ends = spans.map(({ endUnixNano }) => BigInt(endUnixNano));
  return {
    start: starts.reduce((a, b) => (a < b ? a : b)),
    end: ends.reduce((a, b) => (a > b ? a : b)),
  };
}

function barOf(
  { startUnixNano, endUnixNano }: ViewedSpan,
  { start, end }: Time,
  width: number,
  paint: (text: string) => string,
): string {
  const all = Math.max(Number(end - start), 1);
  const at = (time: string) => Math.round((Number(BigInt(time) - start) / all) * width);
  const from = Math.min(at(startUnixNano), width - 1);
  return ' '.repeat(from) + paint('━'.repeat(Math.max(at(endUnixNano) - from, 1)));
}
