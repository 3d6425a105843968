import { charCodeAt, indexOfText } from '../convert/intrinsics.js';

const BACKSLASH = 0x5c;

/** Where the text ends that `quote` opened: before the next one that is escaped as it is. */
export function closingQuote(text: string, quote: string, from: number): number {
  const escapes = quote.length - 1;
  const mark = quote[escapes]!;
  for (let at = indexOfText(text, mark, from); at !== -1; at = indexOfText(text, mark, at + 1)) {
    let backslashes = 0;
    while (at - backslashes > from && charCodeAt(text, at - backslashes - 1) === BACKSLASH) {
      backslashes++;
    }
    const closes = escapes === 0 ? backslashes % 2 === 0 : backslashes <= escapes;
    if (closes) return at - (escapes === 0 ? 0 : backslashes);
  }
  // Cut off: no line ends within such quotes.
  const lineEnd = indexOfText(text, '\n', from);
  return lineEnd === -1 ? text.length : lineEnd;
}
