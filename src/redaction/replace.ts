import { sliceText } from '../convert/intrinsics.js';
import { endOf, type Pattern } from './patterns.js';

/**
 * `text` with each match of a global `pattern` replaced by what `replacement` makes of it; undefined
 * leaves it.
 */
export function replaceMatches(
  text: string,
  pattern: Pattern,
  replacement: (match: RegExpExecArray) => string | undefined,
): string {
  let replaced = '';
  let from = 0;
  let next = 0;
  for (let match = pattern.exec(text, 0); match !== null; match = pattern.exec(text, next)) {
    const end = endOf(match);
    // An expression of the user's may match nothing, everywhere.
    const isEmpty = end === match.index;
    next = isEmpty ? end + 1 : end;
    const instead = isEmpty ? undefined : replacement(match);
    if (instead === undefined) continue;
    replaced += sliceText(text, from, match.index) + instead;
    from = end;
  }
  return from === 0 ? text : replaced + sliceText(text, from);
}
