/** Text as it is, or one character that would do something instead of being seen. */
export type Piece = string | Mark;

export interface Mark {
  readonly shown: string;
  readonly codePoint: string;
}

// Control characters; lines and paragraphs of Unicode's own; what turns the direction of text; what
// takes no room; halves of surrogate pairs; noncharacters. Left alone are the joiners (U+200C, U+200D),
// without which Persian and many emoji would fall apart, and the tab, which is white space.
// biome-ignore format: one line a kind
const UNSEEN = new RegExp(
  [
    '[\\0-\\x08\\x0a-\\x1f\\x7f-\\x9f]',
    '[\\u2028\\u2029]',
    '[\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]',
    '[\\xad\\u200b\\u2060-\\u2064\\u206a-\\u206f\\ufeff\\ufff9-\\ufffb]',
    '[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]',
    '[\\ufffe\\uffff]|\\udb40[\\udc00-\\udc7f]',
  ].join('|'),
  'g',
);

/** With `keepLines` a line feed stays what it is, for text that is shown over several lines. */
export function visiblePieces(text: string, keepLines = false): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { 0: unseen, index } of text.matchAll(UNSEEN)) {
    if (keepLines && (unseen === '\n' || (unseen === '\r' && text[index + 1] === '\n'))) continue;
    if (index > at) pieces.push(text.slice(at, index));
    pieces.push(markOf(unseen));
    at = index + unseen.length;
  }
  if (at < text.length) pieces.push(text.slice(at));
  return pieces;
}

export function hasUnseen(text: string): boolean {
  // `test` would leave its place behind, from which the next search would begin.
  return text.search(UNSEEN) >= 0;
}

function markOf(unseen: string): Mark {
  const code = unseen.codePointAt(0)!;
  const codePoint = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  if (unseen === '\n') return { shown: '↵', codePoint };
  // Unicode has pictures of the ASCII ones, which take one column.
  if (code < 0x20) return { shown: String.fromCharCode(0x2400 + code), codePoint };
  return { shown: code === 0x7f ? '␡' : codePoint, codePoint };
}
