import {
  charCodeAt,
  indexOfText,
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
/** Of each generation. */
const MAX_LINES = 1_000;

/** The lines of one log call. */
interface Expected {
  readonly toldAtMs: number;
  /** So many transports have not printed it yet. */
  left: number;
}

/** What is expected by the same text: a program may log it again and again. */
interface Waiting {
  readonly expected: Expected;
  next: Waiting | undefined;
}

/** Lines that transports may yet print by the console: word for word what a record says already. */
export class ToldLines {
  #lines = newMap();
  #former = newMap();
  #count = 0;

  /** @param count How many lines there may be, each of which is one of these texts. */
  add(texts: readonly unknown[], count: number): void {
    const expected: Expected = { toldAtMs: monotonicMs(), left: count };
    for (let i = 0; i < texts.length; i++) {
      const text = texts[i];
      if (typeof text === 'string' && text !== '') this.#expect(text, expected);
    }
  }

  #expect(text: string, expected: Expected): void {
    if (this.#count >= MAX_LINES) {
      this.#former = this.#lines;
      this.#lines = newMap();
      this.#count = 0;
    }
    const next = mapGet(this.#lines, text) as Waiting | undefined;
    mapSet(this.#lines, text, { expected, next });
    this.#count++;
  }

  /** Whether `printed` is one of them, which counts once. */
  take(printed: string): boolean {
    if (this.#count === 0) return false;
    return takeFrom(this.#lines, printed) || takeFrom(this.#former, printed);
  }
}

function takeFrom(lines: Map<unknown, unknown>, printed: string): boolean {
  let waiting = mapGet(lines, printed) as Waiting | undefined;
  if (waiting === undefined) return false;
  const oldestMs = monotonicMs() - MAX_AGE_MS;
  while (waiting !== undefined) {
    const { expected, next }: Waiting = waiting;
    if (expected.left > 0 && expected.toldAtMs >= oldestMs) {
      expected.left--;
      return true;
    }
    waiting = next;
    if (next === undefined) mapDelete(lines, printed);
    else mapSet(lines, printed, next);
  }
  return false;
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
