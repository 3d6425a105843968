import { rangeFromText, rangeToText, type TimeRange } from './time-range.js';

/** What a link holds: whoever opens it sees the same. */
export interface View {
  readonly filter: string;
  readonly range: TimeRange;
  readonly page: 'records' | 'call-sites';
  readonly recordId: number | null;
  readonly traceId: string | null;
}

export function readAddress(search: string): View {
  const params = new URLSearchParams(search);
  const recordId = Number(params.get('record'));
  const traceId = params.get('trace');
  return {
    filter: params.get('filter') ?? '',
    range: rangeFromText(params.get('range')),
    page: params.get('view') === 'call-sites' ? 'call-sites' : 'records',
    recordId: Number.isSafeInteger(recordId) && recordId > 0 ? recordId : null,
    traceId: traceId !== null && /^[0-9a-f]{32}$/.test(traceId) ? traceId : null,
  };
}

export function writeAddress(view: View): string {
  const params = new URLSearchParams();
  if (view.filter !== '') params.set('filter', view.filter);
  if (view.range.kind !== 'all') params.set('range', rangeToText(view.range));
  if (view.page !== 'records') params.set('view', view.page);
  if (view.traceId !== null) params.set('trace', view.traceId);
  if (view.recordId !== null) params.set('record', String(view.recordId));
  const search = params.toString();
  return search === '' ? '/' : `/?${search}`;
}
