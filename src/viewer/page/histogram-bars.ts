import uPlot from 'uplot';
import type { Histogram } from '../api.js';
import { LEVELS } from './severity.js';

export interface Bars {
  draw(data: uPlot.AlignedData): void;
  destroy(): void;
}

interface BarsEvents {
  onRange(fromMs: number, toMs: number): void;
  onHover(index: number | null): void;
}

const HEIGHT_PX = 74;
/** Shorter drags are clicks of an unsteady hand. */
const MIN_DRAG_PX = 4;
const NO_DATA: uPlot.AlignedData = [[], ...LEVELS.map(() => [])];

/**
 * Times in seconds, and for each level from the most severe the sum of itself and what is above it.
 * The last time is the end of the last bucket: without it, that bucket would be drawn outside.
 */
export function barsOf(histogram: Histogram | null): uPlot.AlignedData {
  if (histogram === null) return NO_DATA;
  const { fromMs, bucketMs, counts } = histogram;
  const times = [...counts, null].map((_, index) => (fromMs + index * bucketMs) / 1000);
  const sums = counts.map(() => 0);
  // The tallest is drawn first, so that what is severe stands at the bottom and in front.
  const stacked = [...LEVELS.keys()].reverse().map(level =>
    counts.map((bucket, index) => {
      sums[index]! += bucket[level]!;
      return sums[index]!;
    }),
  );
  return [times, ...stacked.reverse().map(sums => [...sums, null])];
}

export function createBars(host: HTMLElement, events: BarsEvents): Bars {
  const plot = new uPlot(optionsFor(host, events), NO_DATA, host);
  const observer = new ResizeObserver(() => {
    plot.setSize({ width: host.clientWidth, height: HEIGHT_PX });
  });
  observer.observe(host);
  return {
    draw: data => plot.setData(data),
    destroy() {
      observer.disconnect();
      plot.destroy();
    },
  };
}

function optionsFor(host: HTMLElement, events: BarsEvents): uPlot.Options {
  const style = getComputedStyle(host);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const paths = uPlot.paths.bars!({ size: [0.86, 24], align: 1 });
  const axis = {
    stroke: colour('dim'),
    font: `10.5px ${style.fontFamily}`,
    ticks: { show: false },
    gap: 2,
  };
  return {
    width: host.clientWidth || 600,
    height: HEIGHT_PX,
    padding: [6, 40, 0, 4],
    legend: { show: false },
    cursor: {
      y: false,
      points: { show: false },
      drag: { x: true, y: false, setScale: false },
      dataIdx: bucketAt,
    },
    scales: { y: { range: (_plot, _min, max) => [0, Math.max(1, max)] } },
    series: [
      {},
      ...LEVELS.map(level => ({
        fill: colour(`${level}-bar`),
        width: 0,
        paths,
        points: { show: false },
      })),
    ],
    axes: [
      { ...axis, size: 18, space: 80, grid: { show: false }, values: AXIS_TIMES },
      {
        ...axis,
        size: 44,
        space: 26,
        grid: { stroke: colour('line'), width: 1 },
        values: shortCounts,
      },
    ],
    hooks: {
      setCursor: [plot => events.onHover(plot.cursor.idxs?.[1] ?? null)],
      setSelect: [plot => selected(plot, events)],
    },
  };
}

// The one that begins before the cursor, and not the one whose beginning is nearest.
function bucketAt(plot: uPlot, _series: number, nearest: number, atSeconds: number): number {
  return plot.data[0][nearest]! > atSeconds ? Math.max(0, nearest - 1) : nearest;
}

const AXIS_TIMES: uPlot.Axis.Values = [
  [86_400, '{MM}-{DD}', null, null, null, null, null, null, 1],
  [3600, '{HH}:{mm}', '\n{MM}-{DD}', null, null, null, null, null, 1],
  [60, '{HH}:{mm}', null, null, null, null, null, null, 1],
  [1, '{HH}:{mm}:{ss}', null, null, null, null, null, null, 1],
  [0.001, '{HH}:{mm}:{ss}.{fff}', null, null, null, null, null, null, 1],
] as unknown as uPlot.Axis.Values;

// Where the zero would be is the first time of the other axis.
function shortCounts(_plot: uPlot, values: number[]): string[] {
  return values.map(value => {
    if (value === 0 || !Number.isInteger(value)) return '';
    return value >= 10_000 ? `${value / 1000}k` : String(value);
  });
}

function selected(plot: uPlot, events: BarsEvents): void {
  const { left, width } = plot.select;
  if (width < MIN_DRAG_PX) return;
  const [from, to] = [plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x')];
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  events.onRange(Math.floor(from * 1000), Math.ceil(to * 1000));
}
