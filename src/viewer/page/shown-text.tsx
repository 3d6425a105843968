import { hasUnseen, visiblePieces } from './visible-text.js';

/**
 * Text of a record: nothing in it acts, and its direction ends where it ends. What cannot be seen is
 * drawn as a mark with the name of its code point.
 */
export function ShownText({ text, keepLines }: { text: string; keepLines?: boolean }) {
  if (!hasUnseen(text)) return <bdi>{text}</bdi>;
  return (
    <bdi>
      {visiblePieces(text, keepLines).map(piece =>
        typeof piece === 'string' ? (
          piece
        ) : (
          <span class="mark" title={piece.codePoint}>
            {piece.shown}
          </span>
        ),
      )}
    </bdi>
  );
}
