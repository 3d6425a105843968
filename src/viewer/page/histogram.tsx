import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Histogram } from '../api.js';
import { clockTime, counted, dayOf } from './format.js';
import { type Bars, barsOf, createBars } from './histogram-bars.js';
import { LEVELS } from './severity.js';

interface HistogramProps {
  readonly histogram: Histogram | null;
  readonly theme: string;
  readonly onRange: (fromMs: number, toMs: number) => void;
}

export function HistogramView({ histogram, theme, onRange }: HistogramProps) {
  const host = useRef<HTMLDivElement>(null);
  const bars = useRef<Bars | null>(null);
  const said = useRef<HTMLParagraphElement>(null);
  const latest = useRef({ histogram, onRange });
  latest.current = { histogram, onRange };
  useLayoutEffect(() => {
    const made = createBars(host.current!, {
      onRange: (from, to) => latest.current!.onRange(from, to),
      onHover: index => {
        said.current!.textContent = sayBucket(latest.current!.histogram, index);
      },
    });
    bars.current = made;
    made.draw(barsOf(latest.current!.histogram));
    return () => made.destroy();
  }, [theme]);
  useEffect(() => bars.current?.draw(barsOf(histogram)), [histogram]);
  return (
    <section class="histogram" aria-label="Volume over time">
      <div ref={host} class="bars" role="img" aria-label={sayAll(histogram)} />
      <p class="hovered" ref={said} aria-hidden="true" />
    </section>
  );
}

function sayBucket(histogram: Histogram | null, index: number | null): string {
  const counts = index === null ? undefined : histogram?.counts[index];
  if (!histogram || index === null || counts === undefined) return '';
  const start = histogram.fromMs + index * histogram.bucketMs;
  const isLong = histogram.toMs - histogram.fromMs > 86_400_000;
  const short = (ms: number) => clockTime(ms).slice(0, histogram.bucketMs < 1000 ? undefined : -4);
  const when = `${isLong ? `${dayOf(start)} ` : ''}${short(start)} – ${short(start + histogram.bucketMs)}`;
  return `${when}   ${sayCounts(counts)}`;
}

function sayAll(histogram: Histogram | null): string {
  if (histogram === null) return 'Volume over time';
  const sums = LEVELS.map((_, level) =>
    histogram.counts.reduce((sum, counts) => sum + counts[level]!, 0),
  );
  return `Volume over time: ${sayCounts(sums)}`;
}

function sayCounts(counts: readonly number[]): string {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const levels = LEVELS.map((level, index) => `${counts[index]} ${level}`)
    .filter((_, index) => counts[index]! > 0)
    .reverse();
  return [counted(total, 'record'), ...levels].join('   ');
}
