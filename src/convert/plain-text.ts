import { charCodeAt, indexOfText, sliceText } from './intrinsics.js';

// Not `util.stripVTControlCharacters`: of Node 20 and 22 it takes a colour, the word behind it and a
// bell for one sequence (`\x1b[31mfailed\x07`), and leaves half of a link.

const ESCAPE = '\u001b';
const BELL = 0x07;
const ESCAPE_CODE = 0x1b;
const BACKSLASH = 0x5c;
const STRING_TERMINATOR = 0x9c;
/** What begins, behind the escape, texts for the terminal alone: titles, links, images. */
const STRINGS = ']PX^_';
/** What takes one more character behind the escape: character sets and the like. */
const TWO_PART = '()*+-./#%';

/** Without the sequences that colour a terminal: for text that is read and searched as text. */
export function plainText(text: string): string {
  let start = indexOfText(text, ESCAPE);
  if (start === -1) return text;
  let plain = '';
  let from = 0;
  while (start !== -1) {
    const end = sequenceEnd(text, start);
    if (end > start) {
      plain += sliceText(text, from, start);
      from = end;
    }
    start = indexOfText(text, ESCAPE, end > start ? end : start + 1);
  }
  return from === 0 ? text : plain + sliceText(text, from);
}

/** ECMA-48. What is no sequence, or was cut off, ends where it begins: it stays. */
function sequenceEnd(text: string, start: number): number {
  const next = text[start + 1];
  if (next === undefined) return start;
  if (next === '[') return controlEnd(text, start);
  if (indexOfText(STRINGS, next) !== -1) return stringEnd(text, start);
  const last = start + (indexOfText(TWO_PART, next) === -1 ? 1 : 2);
  return isBetween(charCodeAt(text, last), 0x30, 0x7e) ? last + 1 : start;
}

function controlEnd(text: string, start: number): number {
  let at = start + 2;
  while (isBetween(charCodeAt(text, at), 0x30, 0x3f)) at++;
  while (isBetween(charCodeAt(text, at), 0x20, 0x2f)) at++;
  return isBetween(charCodeAt(text, at), 0x40, 0x7e) ? at + 1 : start;
}

// None goes on in a further line, nor past another sequence.
function stringEnd(text: string, start: number): number {
  for (let at = start + 2; at < text.length; at++) {
    const code = charCodeAt(text, at);
    if (code === BELL || code === STRING_TERMINATOR) return at + 1;
    if (code === ESCAPE_CODE) return charCodeAt(text, at + 1) === BACKSLASH ? at + 2 : start;
    if (code < 0x20) return start;
  }
  return start;
}

function isBetween(code: number, first: number, last: number): boolean {
  return code >= first && code <= last;
}
