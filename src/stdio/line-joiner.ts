import { StringDecoder } from 'node:string_decoder';
import { indexOfText, lastIndexOfText, sliceText } from '../convert/intrinsics.js';
import { cutText, MAX_BODY_LENGTH } from '../convert/limits.js';

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
    let text = this.#begun + this.#textOf(chunk, encoding);
    for (let at = indexOfText(text, '\n'); at !== -1; at = indexOfText(text, '\n')) {
      this.#finish(sliceText(text, 0, at));
      text = sliceText(text, at + 1);
    }
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

  // A progress bar goes back to the start of its line: what stands there at last is what it says.
  #finish(line: string): void {
    const isCut = this.#isCut;
    this.#isCut = false;
    const whole = line[line.length - 1] === '\r' ? sliceText(line, 0, line.length - 1) : line;
    const shown = sliceText(whole, lastIndexOfText(whole, '\r') + 1);
    if (shown !== '') this.#onLine(shown, isCut);
  }

  #textOf(chunk: unknown, encoding: unknown): string {
    if (typeof chunk !== 'string') return apply(decode, this.#decoder, [chunk as Buffer]);
    const isText = encoding === undefined || encoding === null || encoding === 'utf8';
    if (isText || encoding === 'utf-8' || typeof encoding === 'function') return chunk;
    return apply(decode, this.#decoder, [bytesOf(chunk, encoding as BufferEncoding)]);
  }
}
