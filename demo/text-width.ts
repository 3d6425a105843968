const segmenter = new Intl.Segmenter();

// East Asian scripts and emoji take two columns. Close enough for log lines, without a table of
// all of Unicode.
const WIDE =
  /\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\ufe0f/u;

/** Columns of a terminal that the text takes. */
export function widthOf(text: string): number {
  return graphemes(text).reduce((width, grapheme) => width + widthOfGrapheme(grapheme), 0);
}

/** The text, or as much of it as fits before an ellipsis. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;

  let kept = '';
  let left = width - 1;
  for (const grapheme of graphemes(text)) {
    left -= widthOfGrapheme(grapheme);
    if (left < 0) break;
    kept += grapheme;
  }
  return `${kept}…`;
}

/** The text, with spaces up to that width. */
export function fill(text: string, width: number): string {
  return text + ' '.repeat(Math.max(width - widthOf(text), 0));
}

function graphemes(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function widthOfGrapheme(grapheme: string): number {
  return WIDE.test(grapheme) ? 2 : 1;
}
