import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { readAddress, type View, writeAddress } from './address.js';

export type Go = (change: Partial<View>, isReplacing?: boolean) => void;

/** What the address says, which is the only place where it is kept. */
export function useView(): [View, Go] {
  const [view, setView] = useState(() => readAddress(location.search));
  const latest = useRef(view);
  latest.current = view;
  useEffect(() => {
    const read = () => setView(readAddress(location.search));
    addEventListener('popstate', read);
    return () => removeEventListener('popstate', read);
  }, []);
  const go = useCallback<Go>((change, isReplacing = false) => {
    const next = { ...latest.current!, ...change };
    const address = writeAddress(next);
    if (address === writeAddress(latest.current!)) return;
    latest.current = next;
    if (isReplacing) history.replaceState(null, '', address);
    else history.pushState(null, '', address);
    setView(next);
  }, []);
  return [view, go];
}
