import type { CallSite, Facets, Histogram, RecordsPage, ViewedTrace } from '../api.js';
import { siteKey } from '../call-site.js';
import { type Kept, toListed } from '../entry.js';
import { parseFilter } from '../filter/parse-filter.js';
import { LEVELS, levelIndex } from '../severity.js';
import { toViewedSpan } from '../span.js';
import type { Selection, SiteCount } from '../store/generation.js';
import type { Store } from '../store/store.js';
import { numberOf } from './query.js';

/** Attributes may be long as well: a page that is too large ends before its limit. */
const MAX_PAGE_CHARACTERS = 8 * 1024 * 1024;
/** A trace is read whole. */
const MAX_TRACE_CHARACTERS = 32 * 1024 * 1024;
const MAX_RECORDS = 1000;
const MAX_BUCKETS = 500;
const MAX_OF_TRACE = 10_000;
const NANO_PER_MS = 1_000_000n;

export function selectionOf(query: URLSearchParams): Selection {
  return {
    filter: parseFilter(query.get('filter') ?? ''),
    from: toNano(numberOf(query, 'from')),
    to: toNano(numberOf(query, 'to')),
    afterId: numberOf(query, 'after'),
    beforeId: numberOf(query, 'before'),
  };
}

export async function recordsPage(store: Store, query: URLSearchParams): Promise<RecordsPage> {
  const limit = Math.min(Math.max(numberOf(query, 'limit') ?? 100, 1), MAX_RECORDS);
  const selection = selectionOf(query);
  // Whoever reads on from a record wants those right behind it.
  const isForward = selection.afterId !== undefined && selection.beforeId === undefined;
  const most = { records: limit + 1, characters: MAX_PAGE_CHARACTERS };
  const found = await store.find(selection, most, isForward ? 'oldest' : 'newest');
  const fitting = firstThatFit(found.slice(0, limit)).map(toListed);
  if (isForward) fitting.reverse();
  return { records: fitting, hasMore: found.length > fitting.length };
}

function firstThatFit(found: readonly Kept[]): readonly Kept[] {
  let left = MAX_PAGE_CHARACTERS;
  const end = found.findIndex(({ body, attributes }, index) => {
    left -= body.length + attributes.length;
    return left < 0 && index > 0;
  });
  return end < 0 ? found : found.slice(0, end);
}

export async function trace(store: Store, traceId: string): Promise<ViewedTrace> {
  const filter = [{ kind: 'trace', value: traceId, isExcluded: false }] as const;
  const most = { records: MAX_OF_TRACE, characters: MAX_TRACE_CHARACTERS };
  const found = await store.find({ filter }, most);
  const records = found
    .sort((a, b) => Number(a.timeUnixNano - b.timeUnixNano) || a.id - b.id)
    .map(toListed);
  return { traceId, records, spans: store.spansOf(traceId, MAX_OF_TRACE).map(toViewedSpan) };
}

/** Without `from` and `to`, of all there is. */
export async function histogram(store: Store, query: URLSearchParams): Promise<Histogram> {
  const selection = selectionOf(query);
  const range = store.timeRange();
  const fromMs = Number((selection.from ?? range?.from ?? 0n) / NANO_PER_MS);
  const toMs = Number((selection.to ?? (range ? range.to + NANO_PER_MS : 0n)) / NANO_PER_MS);
  const buckets = Math.min(Math.max(numberOf(query, 'buckets') ?? 60, 1), MAX_BUCKETS);
  const bucketMs = Math.max(1, Math.ceil((toMs - fromMs) / buckets));
  const length = Math.max(0, Math.ceil((toMs - fromMs) / bucketMs));
  const counts = Array.from({ length }, () => LEVELS.map(() => 0));

  const from = BigInt(fromMs) * NANO_PER_MS;
  const within = { ...selection, from, to: BigInt(toMs) * NANO_PER_MS };
  const bucketNano = BigInt(bucketMs) * NANO_PER_MS;
  await store.each(within, 'newest', (generation, ofIt) => {
    generation.count(ofIt, { from, bucketNano }, (bucket, severityNumber, count) => {
      counts[bucket]![levelIndex(severityNumber)]! += count;
    });
  });
  return { fromMs, toMs, bucketMs, counts: counts as unknown as Histogram['counts'] };
}

export async function callSites(store: Store, query: URLSearchParams): Promise<CallSite[]> {
  const limit = Math.min(Math.max(numberOf(query, 'limit') ?? 100, 1), MAX_RECORDS);
  const merged = new Map<string, SiteCount>();
  await store.each(selectionOf(query), 'newest', (generation, within) => {
    for (const { site, count, sampleId } of generation.sites(within)) {
      const key = siteKey(site);
      const newer = merged.get(key);
      merged.set(key, newer ? { ...newer, count: newer.count + count } : { site, count, sampleId });
    }
  });
  return [...merged.values()]
    .sort((a, b) => b.count - a.count || b.sampleId - a.sampleId)
    .slice(0, limit)
    .map(({ site, count, sampleId }) => ({ ...site, count, sampleId }));
}

export async function facets(store: Store): Promise<Facets> {
  const services = new Map<string, number>();
  const pools = new Map<string, number>();
  const severities = LEVELS.map(name => ({ name: name as string, count: 0 }));
  await store.each({ filter: [] }, 'newest', (generation, within) => {
    for (const { service, pool, severityNumber, count } of generation.origins(within)) {
      if (service !== null) services.set(service, (services.get(service) ?? 0) + count);
      if (pool !== null) pools.set(pool, (pools.get(pool) ?? 0) + count);
      severities[levelIndex(severityNumber)]!.count += count;
    }
  });
  return { services: mostFirst(services), pools: mostFirst(pools), severities };
}

/** More than a list on a page can show. */
const MAX_FACETS = 200;

function mostFirst(counts: ReadonlyMap<string, number>): { name: string; count: number }[] {
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
    .slice(0, MAX_FACETS);
}

function toNano(ms: number | undefined): bigint | undefined {
  return ms === undefined ? undefined : BigInt(ms) * NANO_PER_MS;
}
