/** What the list, the histogram and an export are limited to. */
export type TimeRange =
  | { readonly kind: 'last'; readonly minutes: number }
  | { readonly kind: 'between'; readonly fromMs: number; readonly toMs: number }
  | { readonly kind: 'all' };

export interface Bounds {
  readonly fromMs: number | undefined;
  readonly toMs: number | undefined;
}

export const PRESETS: readonly { readonly label: string; readonly range: TimeRange }[] = [
  { label: 'Last 5 min', range: { kind: 'last', minutes: 5 } },
  { label: 'Last hour', range: { kind: 'last', minutes: 60 } },
  { label: 'Last 24 h', range: { kind: 'last', minutes: 24 * 60 } },
  { label: 'All time', range: { kind: 'all' } },
];

export function boundsOf(range: TimeRange, nowMs: number): Bounds {
  if (range.kind === 'between') return { fromMs: range.fromMs, toMs: range.toMs };
  if (range.kind === 'all') return { fromMs: undefined, toMs: undefined };
  return { fromMs: nowMs - range.minutes * 60_000, toMs: undefined };
}

/** `5m`, `all`, or `FROM-TO` in milliseconds, as it stands in a link. */
export function rangeToText(range: TimeRange): string {
  if (range.kind === 'all') return 'all';
  if (range.kind === 'last') return `${range.minutes}m`;
  return `${range.fromMs}-${range.toMs}`;
}

export function rangeFromText(text: string | null): TimeRange {
  const last = /^(\d{1,6})m$/.exec(text ?? '');
  if (last) return { kind: 'last', minutes: Number(last[1]) };
  const between = /^(\d{1,15})-(\d{1,15})$/.exec(text ?? '');
  if (!between) return { kind: 'all' };
  return { kind: 'between', fromMs: Number(between[1]), toMs: Number(between[2]) };
}

/** Live records belong to a range that has no end. */
export function isOpenEnded(range: TimeRange): boolean {
  return range.kind !== 'between';
}
