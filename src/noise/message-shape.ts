import { charCodeAt, min } from '../convert/intrinsics.js';

/** What follows differs mostly in what it is about. */
const MAX_LENGTH = 512;
/** Shorter ones are words: "a", "be", "add". */
const LEAST_HEX_LENGTH = 4;
const MASK = 0x23;
const TWO_TO_21 = 2 ** 21;
const { imul } = Math;

/**
 * A number for all texts that differ in numbers and ids alone: words with a digit in them, and those of
 * hexadecimal letters only. Two shapes have the same number once in 10¹⁵ times, and nothing is
 * allocated.
 */
export function messageShape(text: string): number {
  const length = min(text.length, MAX_LENGTH);
  const hash = new ShapeHash();
  for (let at = 0; at < length; ) {
    const end = wordEnd(text, at, length);
    if (end === at) hash.add(charCodeAt(text, at++));
    else {
      if (isId(text, at, end)) hash.add(MASK);
      else for (let i = at; i < end; i++) hash.add(charCodeAt(text, i));
      at = end;
    }
  }
  return hash.value;
}

// Two FNV-1a hashes of different beginnings.
class ShapeHash {
  #high = 0x811c9dc5;
  #low = 0x9747b28c;

  get value(): number {
    return (this.#high >>> 0) * TWO_TO_21 + ((this.#low >>> 0) % TWO_TO_21);
  }

  add(code: number): void {
    this.#high = imul(this.#high ^ code, 0x01000193);
    this.#low = imul(this.#low ^ code, 0x85ebca6b) ^ (this.#low >>> 13);
  }
}

function wordEnd(text: string, from: number, length: number): number {
  let at = from;
  while (at < length && isWordCode(charCodeAt(text, at))) at++;
  return at;
}

function isId(text: string, from: number, to: number): boolean {
  let isHex = to - from >= LEAST_HEX_LENGTH;
  for (let at = from; at < to; at++) {
    const code = charCodeAt(text, at);
    if (code < 0x3a) return true;
    const lower = code | 0x20;
    if (lower < 0x61 || lower > 0x66) isHex = false;
  }
  return isHex;
}

/** ASCII letters, digits and the underscore. */
function isWordCode(code: number): boolean {
  if (code < 0x30 || code > 0x7a) return false;
  return code < 0x3a || (code > 0x40 && code < 0x5b) || code > 0x60 || code === 0x5f;
}
