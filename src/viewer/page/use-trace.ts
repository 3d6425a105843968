import { useEffect, useState } from 'preact/hooks';
import type { ViewedTrace } from '../api.js';
import { fetchTrace } from './requests.js';

interface Fetched {
  readonly trace: ViewedTrace | null;
  readonly trouble: string | null;
}

const NOTHING: Fetched = { trace: null, trouble: null };

export function useTrace(traceId: string): Fetched {
  const [state, setState] = useState(NOTHING);
  useEffect(() => {
    let isWanted = true;
    setState(NOTHING);
    fetchTrace(traceId).then(
      trace => isWanted && setState({ trace, trouble: null }),
      error => isWanted && setState({ trace: null, trouble: `No such trace: ${error.message}` }),
    );
    return () => {
      isWanted = false;
    };
  }, [traceId]);
  return state;
}
