import { sliceText } from '../convert/intrinsics.js';
import { patternExec } from './patterns.js';

/**
 * `text` with each match of a global `pattern` replaced by what `replacement` makes of it; undefined
 * leaves it.
 */
export function replaceMatches(
  text: string,
  pattern: RegExp,
  replacement: (match: RegExpExecArray) => string | undefined,
): string {
  const exec = patternExec();
  let replaced = '';
  let from = 0;
  pattern.lastIndex = 0;
  for (let match = exec(pattern, text); match !== null; match = exec(pattern, text)) {
    const whole = match[0];
    // An expression of the user's may match nothing, everywhere.
    if (whole === '') pattern.lastIndex++;
    const instead = whole === '' ? undefined : replacement(match);
    if (instead === undefined) continue;
    replaced += sliceText(text, from, match.index) + instead;
    from = match.index + whole.length;
  }
  return from === 0 ? text : replaced + sliceText(text, from);
}
