import type { CallSite } from '../api.js';
import type { View } from './address.js';
import { askTerm, callSiteFilter } from './ask.js';
import { withTerm } from './filter-terms.js';
import type { Tail } from './tail.js';
import type { TimeRange } from './time-range.js';
import type { Go } from './use-view.js';

/** Where somebody stands, and what takes them elsewhere. */
export interface Standpoint {
  readonly view: View;
  readonly go: Go;
  readonly tail: Tail;
}

export type Steps = ReturnType<typeof stepsFrom>;

/** What clicks and keys lead to from here. */
export function stepsFrom({ view, go, tail }: Standpoint) {
  const { filter } = view;
  const toFilter = (text: string, isTyping?: boolean) =>
    go({ filter: text, traceId: null, recordId: null }, isTyping);
  return {
    toFilter,
    /** To the records with that value of that field, or those without. */
    ask: (path: string, value: string, isExcluded: boolean) =>
      toFilter(withTerm(filter, askTerm(path, value, isExcluded))),
    toRange: (range: TimeRange) => go({ range, recordId: null }),
    toTrace(traceId: string | null | undefined) {
      if (!traceId) return;
      tail.stopFollowing();
      go({ traceId, page: 'records' });
    },
    toPage: (page: View['page']) => go({ page, traceId: null, recordId: null }),
    toOtherPage: () =>
      go({ page: view.page === 'records' ? 'call-sites' : 'records', traceId: null }),
    toCallSite: (site: CallSite) =>
      go({ filter: callSiteFilter(filter, site), page: 'records', recordId: null }),
    closeRecord: () => go({ recordId: null }),
    closeTrace: () => go({ traceId: null }),
    toStart: () => go({ recordId: null, traceId: null }),
    back: () => goBack(view, go),
  };
}

function goBack({ recordId, traceId, page }: View, go: Go): void {
  if (recordId !== null) go({ recordId: null });
  else if (traceId !== null) go({ traceId: null });
  else if (page !== 'records') go({ page: 'records' });
}
