import type {
  CallSite,
  Facets,
  Histogram,
  RecordsPage,
  Status,
  ViewedRecord,
  ViewedTrace,
} from '../api.js';
import type { Bounds } from './time-range.js';

export interface Query extends Bounds {
  readonly filter: string;
}

export interface PageRequest extends Query {
  readonly before?: number;
  readonly after?: number;
  readonly limit: number;
}

export function fetchRecords({
  before,
  after,
  limit,
  ...query
}: PageRequest): Promise<RecordsPage> {
  return getJson('/api/records', { ...ofQuery(query), before, after, limit });
}

export function fetchRecord(id: number): Promise<ViewedRecord> {
  return getJson(`/api/records/${id}`);
}

export function fetchTrace(traceId: string): Promise<ViewedTrace> {
  return getJson(`/api/traces/${traceId}`);
}

export function fetchHistogram(query: Query, buckets: number): Promise<Histogram> {
  return getJson('/api/histogram', { ...ofQuery(query), buckets });
}

export function fetchCallSites(query: Query): Promise<CallSite[]> {
  return getJson('/api/call-sites', { ...ofQuery(query), limit: 200 });
}

export function fetchFacets(): Promise<Facets> {
  return getJson('/api/facets');
}

export function fetchStatus(): Promise<Status> {
  return getJson('/api/status');
}

export function exportUrl(query: Query): string {
  return withParams('/api/export', ofQuery(query));
}

export function liveUrl(filter: string): string {
  return withParams('/api/live', { filter: filter || undefined });
}

export async function clearRecords(): Promise<void> {
  const headers = { 'x-otel-register-view': '1' };
  const response = await fetch('/api/clear', { method: 'POST', headers });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
}

type Params = Readonly<Record<string, string | number | undefined>>;

function ofQuery({ filter, fromMs, toMs }: Query): Params {
  const whole = (ms: number | undefined) => (ms === undefined ? ms : Math.floor(ms));
  return { filter: filter || undefined, from: whole(fromMs), to: whole(toMs) };
}

async function getJson<T>(path: string, params: Params = {}): Promise<T> {
  const response = await fetch(withParams(path, params));
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return (await response.json()) as T;
}

function withParams(path: string, params: Params): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined) search.set(name, String(value));
  }
  return search.size === 0 ? path : `${path}?${search}`;
}
