import { endsWith, lastIndexOfText, sliceText } from '../convert/intrinsics.js';
import { plainText } from '../convert/plain-text.js';

const ERASE_LINE = '\x1b[2K';
/** Back to the first column: what is written there next is written over what there was. */
const RETURNS = ['\r', '\x1b[1G', '\x1b[0G', '\x1b[G'] as const;
/** Nobody returns more often and writes nothing. */
const MAX_RETURNS = 8;

/** What a terminal shows of a line at last: a progress bar writes itself over and over again. */
export function lastShown(line: string): string {
  const erased = lastIndexOfText(line, ERASE_LINE);
  let text = erased === -1 ? line : sliceText(line, erased + ERASE_LINE.length);
  for (let i = 0; i < MAX_RETURNS; i++) {
    text = withoutBreaks(text);
    const { at, end } = lastReturn(text);
    if (at === -1) return text;
    const after = sliceText(text, end);
    if (plainText(after) !== '') return after;
    text = sliceText(text, 0, at);
  }
  return text;
}

/** As `lastShown`, of a line that goes on. */
export function withoutOverwritten(line: string): string {
  const shown = lastShown(line);
  return endsWith(line, shown) ? shown : `${shown}\r`;
}

function withoutBreaks(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === '\r') end--;
  return sliceText(text, 0, end);
}

function lastReturn(text: string): { readonly at: number; readonly end: number } {
  let at = -1;
  let end = -1;
  for (let i = 0; i < RETURNS.length; i++) {
    const found = lastIndexOfText(text, RETURNS[i]!);
    if (found <= at) continue;
    at = found;
    end = found + RETURNS[i]!.length;
  }
  return { at, end };
}
