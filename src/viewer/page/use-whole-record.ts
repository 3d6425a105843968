import { useEffect, useState } from 'preact/hooks';
import type { ViewedRecord } from '../api.js';
import { fetchRecord } from './requests.js';

interface Whole {
  readonly id: number;
  readonly whole?: ViewedRecord;
  readonly trouble?: string;
}

/** A record with all of its body and its resource, which lists leave out. */
export function useWholeRecord(id: number) {
  const [state, setState] = useState<Whole>({ id });
  useEffect(() => {
    let isWanted = true;
    fetchRecord(id).then(
      whole => isWanted && setState({ id, whole }),
      error => isWanted && setState({ id, trouble: `It could not be read: ${error.message}` }),
    );
    return () => {
      isWanted = false;
    };
  }, [id]);
  const { whole, trouble } = state.id === id ? state : { whole: undefined, trouble: undefined };
  return { whole, trouble: trouble ?? null };
}
