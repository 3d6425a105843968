import type { View } from './address.js';
import type { Query } from './requests.js';
import { boundsOf, rangeToText } from './time-range.js';

/** What the list, the histogram and the call sites ask of the server. */
export interface Question {
  /** A range that ends now begins later with every second. */
  readonly now: () => Query;
  /** Tells one question from another, whenever it is asked. */
  readonly key: string;
}

export function questionOf({ filter, range }: View): Question {
  return {
    now: () => ({ filter, ...boundsOf(range, Date.now()) }),
    key: `${rangeToText(range)} ${filter}`,
  };
}
