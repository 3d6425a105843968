import { StringDecoder } from 'node:string_decoder';
import { indexOfText, sliceText } from '../convert/intrinsics.js';
import { cutText, MAX_BODY_LENGTH } from '../convert/limits.js';
import { lastShown, withoutOverwritten } from './overwritten-line.js';

const { from: bytesOf } = Buffer;
const { apply } = Reflect;
const { write: decode } = StringDecoder.prototype;

/** Takes a finished line; `isCut` if it is a piece of a longer one. */
export type OnLine = (line: string, isCut: boolean) => void;

/**
 * Lines out of what is written to a stream, in whichever pieces: in the midst of a line, or of a
 * character. Never holds more than one body: of a line that goes on, the pieces are lines.
 */
export class LineJoiner {
  readonly #onLine: OnLine;
  readonly #decoder = new StringDecoder('utf8');
  #begun = '';
  #isCut = false;

  constructor(onLine: OnLine) {
    this.#onLine = onLine;
  }

  add(chunk: unknown, encoding: unknown): void {
    const added = this.#textOf(chunk, encoding);
    let at = indexOfText(added, '\n');
    let text = added;
    while (at !== -1) {
      this.#finish(this.#begun + sliceText(text, 0, at));
      this.#begun = '';
      text = sliceText(text, at + 1);
      at = indexOfText(text, '\n');
    }
    this.#begun += text;
    if (this.#begun.length > MAX_BODY_LENGTH) this.#shorten();
  }

  // A progress bar may go on for hours before its line ends.
  #shorten(): void {
    let text = withoutOverwritten(this.#begun);
    while (text.length > MAX_BODY_LENGTH) {
      const piece = cutText(text, MAX_BODY_LENGTH);
      this.#onLine(piece, true);
      this.#isCut = true;
      text = sliceText(text, piece.length);
    }
    this.#begun = text;
  }

  /** There is no more to come of the line that has begun. */
  end(): void {
    const begun = this.#begun;
    this.#begun = '';
    this.#finish(begun);
  }

  #finish(line: string): void {
    const isCut = this.#isCut;
    this.#isCut = false;
    const shown = lastShown(line);
    if (shown !== '') this.#onLine(shown, isCut);
  }

  #textOf(chunk: unknown, encoding: unknown): string {
    if (typeof chunk !== 'string') return apply(decode, this.#decoder, [chunk as Buffer]);
    const isText = encoding === undefined || encoding === null || encoding === 'utf8';
    if (isText || encoding === 'utf-8' || typeof encoding === 'function') return chunk;
    return apply(decode, this.#decoder, [bytesOf(chunk, encoding as BufferEncoding)]);
  }
}
