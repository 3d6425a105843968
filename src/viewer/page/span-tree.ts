import type { ViewedSpan } from '../api.js';

export interface SpanRow {
  readonly span: ViewedSpan;
  readonly depth: number;
}

/** Parents before children, each in the order they began; a span whose parent is not here is a root. */
export function spanTree(spans: readonly ViewedSpan[]): SpanRow[] {
  const sorted = [...spans].sort((a, b) =>
    compare(BigInt(a.startUnixNano), BigInt(b.startUnixNano)),
  );
  const children = childrenByParent(sorted);
  const rows: SpanRow[] = [];
  const seen = new Set<ViewedSpan>();
  // Spans that name each other as parent hang below no root: they come last.
  const waiting = [...(children.get('') ?? []), ...sorted]
    .map(span => ({ span, depth: 0 }))
    .reverse();
  for (let row = waiting.pop(); row !== undefined; row = waiting.pop()) {
    if (seen.has(row.span)) continue;
    seen.add(row.span);
    rows.push(row);
    const depth = row.depth + 1;
    const below = children.get(row.span.spanId) ?? [];
    waiting.push(...below.map(span => ({ span, depth })).reverse());
  }
  return rows;
}

function childrenByParent(spans: readonly ViewedSpan[]): Map<string, ViewedSpan[]> {
  const known = new Set(spans.map(({ spanId }) => spanId));
  const children = new Map<string, ViewedSpan[]>();
  for (const span of spans) {
    const { parentSpanId } = span;
    const parent = parentSpanId !== null && known.has(parentSpanId) ? parentSpanId : '';
    const siblings = children.get(parent);
    if (siblings) siblings.push(span);
    else children.set(parent, [span]);
  }
  return children;
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
