import { useEffect, useRef, useState } from 'preact/hooks';
import type { Facets, Histogram, Status } from '../api.js';
import type { Question } from './question.js';
import { fetchFacets, fetchHistogram, fetchStatus } from './requests.js';

const REFRESH_MS = 2000;
const BUCKETS = 120;

export interface Overview {
  readonly facets: Facets | null;
  readonly status: Status | null;
  readonly histogram: Histogram | null;
  refresh(): void;
}

/** What stands around the list: asked for again every other second, while somebody looks. */
export function useOverview(question: Question): Overview {
  const [facets, setFacets] = useState<Facets | null>(null);
  const [status, setStatus] = useState<Status | null>(null);
  const [histogram, setHistogram] = useState<Histogram | null>(null);
  const refresh = useRef(() => {});
  useEffect(() => {
    let isWanted = true;
    let isAsking = false;
    refresh.current = async () => {
      if (isAsking) return;
      isAsking = true;
      const [bars, counts, state] = await Promise.allSettled([
        fetchHistogram(question.now(), BUCKETS),
        fetchFacets(),
        fetchStatus(),
      ]);
      isAsking = false;
      if (!isWanted) return;
      // One that failed keeps what it showed: the state of the connection is shown elsewhere.
      if (bars.status === 'fulfilled') setHistogram(bars.value);
      if (counts.status === 'fulfilled') setFacets(counts.value);
      if (state.status === 'fulfilled') setStatus(state.value);
    };
    refresh.current();
    const timer = setInterval(() => {
      if (!document.hidden) refresh.current!();
    }, REFRESH_MS);
    return () => {
      isWanted = false;
      clearInterval(timer);
    };
  }, [question.key]);
  return { facets, status, histogram, refresh: () => refresh.current!() };
}
