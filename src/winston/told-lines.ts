import {
  charCodeAt,
  indexOfText,
  mapClear,
  mapDelete,
  mapGet,
  mapSet,
  newMap,
  toJson,
} from '../convert/intrinsics.js';
import { plainText } from '../convert/plain-text.js';
import { monotonicMs } from '../pipeline/clock.js';

/** A transport that collects lines has written them by then. */
const MAX_AGE_MS = 5_000;
const MAX_LINES = 1_000;

/** Lines that transports may yet print by the console: word for word what a record says already. */
export class ToldLines {
  readonly #lines = newMap();
  #count = 0;

  add(line: unknown): void {
    if (typeof line !== 'string' || line === '') return;
    if (this.#count >= MAX_LINES) {
      mapClear(this.#lines);
      this.#count = 0;
    }
    if (mapGet(this.#lines, line) === undefined) this.#count++;
    mapSet(this.#lines, line, monotonicMs());
  }

  /** Whether `printed` is one of them, which counts once. */
  take(printed: string): boolean {
    if (this.#count === 0) return false;
    const toldAtMs = mapGet(this.#lines, printed) as number | undefined;
    if (toldAtMs === undefined) return false;
    mapDelete(this.#lines, printed);
    this.#count--;
    return monotonicMs() - toldAtMs <= MAX_AGE_MS;
  }
}

/** Whether what is printed has the text in it: as it is or as JSON writes it, and not within a word. */
export function says(printed: string, text: unknown): boolean {
  if (typeof text !== 'string' || text === '') return false;
  const wanted = plainText(text);
  const line = plainText(printed);
  if (hasWords(line, wanted)) return true;
  const json = toJson(wanted);
  return json.length > wanted.length + 2 && indexOfText(line, json) !== -1;
}

function hasWords(line: string, words: string): boolean {
  for (let at = indexOfText(line, words); at !== -1; at = indexOfText(line, words, at + 1)) {
    const end = at + words.length;
    const isWithin =
      (isLetter(line, at - 1) && isLetter(line, at)) ||
      (isLetter(line, end - 1) && isLetter(line, end));
    if (!isWithin) return true;
  }
  return false;
}

// Anything that is no letter or digit of ASCII ends a word.
function isLetter(text: string, at: number): boolean {
  if (at < 0 || at >= text.length) return false;
  const code = charCodeAt(text, at) | 0x20;
  const digit = charCodeAt(text, at);
  return (code >= 0x61 && code <= 0x7a) || (digit >= 0x30 && digit <= 0x39);
}
