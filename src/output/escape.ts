import { charCodeAt, execPattern, sliceText } from '../convert/intrinsics.js';

// Logged text must not act: break a line, move the cursor, colour what follows, or reorder what is
// read. A character that acts is written as `\u` and its code, which JSON reads back as it was.

/** DEL, C1 (CSI and NEL among them), separators of lines and paragraphs, direction of text. */
const ACTING = '\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff';
const ACTS_IN_JSON = new RegExp(`[${ACTING}]`);
const ACTS_IN_TEXT = new RegExp(`[\\0-\\x08\\x0b-\\x1f${ACTING}]`);

/** JSON text, in which controls below U+0020 are escaped already. */
export function escapeJson(json: string): string {
  return escapeMatches(json, ACTS_IN_JSON);
}

/** Text for people: line feeds and tabs stay. */
export function escapeText(text: string): string {
  return escapeMatches(text, ACTS_IN_TEXT);
}

function escapeMatches(text: string, pattern: RegExp): string {
  let rest = text;
  let escaped = '';
  for (let match = execPattern(pattern, rest); match !== null; match = execPattern(pattern, rest)) {
    const code = charCodeAt(rest, match.index);
    escaped += sliceText(rest, 0, match.index) + codeText(code);
    rest = sliceText(rest, match.index + 1);
  }
  return escaped + rest;
}

function codeText(code: number): string {
  const digits = '0123456789abcdef';
  return `\\u${digits[code >> 12]}${digits[(code >> 8) & 15]}${digits[(code >> 4) & 15]}${digits[code & 15]}`;
}
