import { mapClear, mapGet, mapSet, objectKeys } from '../convert/intrinsics.js';
import type { NameKind } from './secret-names.js';

// Programs log few different keys, again and again: to look one up is much faster than to judge it.

const MAX_KEYS = 512;
const MAX_KEY_LENGTH = 128;
/** See `MISSES_UNTIL_ANEW` of the encoder's known keys. */
const MISSES_UNTIL_ANEW = 16_384;

export interface KeyVerdict {
  readonly kind: NameKind;
  /** The key itself holds a secret: what is left of it. */
  readonly renamed: string | undefined;
}

/** Remembers, for a bounded number of keys, what `judge` said of them. */
export function rememberVerdicts(judge: (key: string) => KeyVerdict): (key: string) => KeyVerdict {
  const verdicts = new Map<unknown, unknown>();
  let rememberedCount = 0;
  let missCount = 0;

  function hasRoom(): boolean {
    if (rememberedCount < MAX_KEYS) return true;
    missCount++;
    if (missCount < MISSES_UNTIL_ANEW) return false;
    mapClear(verdicts);
    rememberedCount = 0;
    missCount = 0;
    return true;
  }

  function judgeAnew(key: string): KeyVerdict {
    const verdict = judge(key);
    if (key.length <= MAX_KEY_LENGTH && hasRoom()) {
      mapSet(verdicts, apart(key), verdict);
      rememberedCount++;
    }
    return verdict;
  }

  return key => (mapGet(verdicts, key) as KeyVerdict | undefined) ?? judgeAnew(key);
}

// A part of a text keeps the whole of it in memory; the name of a property is a copy.
function apart(key: string): string {
  return objectKeys({ [key]: true })[0]!;
}
