import { charCodeAt, indexOfText, sliceText, startsWith } from '../convert/intrinsics.js';
import { endOf, Pattern } from './patterns.js';
import type { NameKind } from './secret-names.js';

/** Where in a text a value is. */
export interface FoundValue {
  readonly start: number;
  readonly end: number;
}

interface NameBefore {
  readonly kind: NameKind;
  /** Around the name, if any, with what escapes it. */
  readonly quote: string | undefined;
  /** A blank between name and separator: prose, or source code. */
  readonly isSpaced: boolean;
}

const NONE: readonly FoundValue[] = [];
const BACKSLASH = 0x5c;
const COLON = 0x3a;

// `=>` in what the console prints of a map.
// A backtick directly behind a name ends its code span in Markdown.
const OPENING = '>?\\s{0,8}(\\[\\s{0,8})?(\\\\{0,3}["\']|(?<=\\s)`)';
const NEXT_IN_LIST = '\\s{0,8},\\s{0,8}(\\\\{0,3}["\'`])';
const CREDENTIALS =
  ' {0,3}(' +
  '(?:Digest|Signature|HMAC|AWS4-HMAC-SHA256) {1,3}[^\\r\\n`<>{}\\\\]*[=:][^\\r\\n`<>{}\\\\]*' +
  '|(?:Bearer|Basic|Negotiate|NTLM|Token|ApiKey|Api-Key|Key|Bot) {1,3}' +
  '(?=[^\\s\\d=+/]{0,64}[\\d=+/]|\\S{16}|\\S{1,16}(?:[\\r\\n]|$))[^\\s,;"\'`<>{}\\\\]+)';
const COOKIES =
  ' {0,3}([\\w.%!#$&*+^|~-]+=[^\\s;"\'`]*(?:; ?[\\w.%!#$&*+^|~-]+(?:=[^\\s;"\'`]*)?)*)';
const BARE = '([ \\t]{0,3})([^\\s&;,"\'`<>(){}|\\\\\\[=:][^\\s&;,"\'`<>(){}|\\\\]*)';

/** Finds what a secret's name introduces, from behind its separator on. */
export function createValueReader() {
  const opening = new Pattern(OPENING, 'y');
  const nextInList = new Pattern(NEXT_IN_LIST, 'y');
  const credentials = new Pattern(CREDENTIALS, 'yi');
  const cookies = new Pattern(COOKIES, 'y');
  const bare = new Pattern(BARE, 'y');
  const mixed = new Pattern('\\d|[!@#$%^*+~]|[a-z][A-Z]', '');
  const literal = new Pattern(
    '^(?:null|undefined|true|false|none|nil|NaN|\\*+|%[sdifjoOc]|\\$.*)$',
    'i',
  );
  const digits = new Pattern('^\\d+$', '');

  function quoted(text: string, at: number): readonly FoundValue[] | undefined {
    const first = opening.exec(text, at);
    if (first === null) return undefined;
    const values: FoundValue[] = [];
    let quote = first[2]!;
    let start = endOf(first);
    for (;;) {
      const end = closingQuote(text, quote, start);
      if (end > start) values[values.length] = { start, end };
      if (first[1] === undefined) break;
      const next = nextInList.exec(text, end + quote.length);
      if (next === null) break;
      quote = next[1]!;
      start = endOf(next);
    }
    return values;
  }

  // `password: required` is prose and `token=4096` a count; what is written like a secret is not.
  function isBareSecret(value: string, kind: NameKind, isLoose: boolean): boolean {
    if (value === '' || literal.matches(value)) return false;
    if (digits.matches(value)) {
      return kind === 'password' ? !isLoose || value.length >= 4 : kind === 'card';
    }
    if (!isLoose) return true;
    if (indexOfText(value, '//') !== -1 || startsWith(value, 'arn:')) return false;
    return value.length >= 4 && mixed.matches(value);
  }

  function bareValue(text: string, at: number, name: NameBefore): readonly FoundValue[] {
    const match = bare.exec(text, at);
    if (match === null) return NONE;
    const isLoose = name.isSpaced || match[1] !== '' || charCodeAt(text, at - 1) === COLON;
    const value = isLoose ? sliceText(match[2]!, 0, lengthWithoutStop(match[2]!)) : match[2]!;
    // Source code: what is called there is no secret.
    if (isLoose && text[endOf(match)] === '(') return NONE;
    if (!isBareSecret(value, name.kind, isLoose)) return NONE;
    const start = at + match[1]!.length;
    return [{ start, end: start + value.length }];
  }

  return (text: string, at: number, name: NameBefore): readonly FoundValue[] => {
    const found = quoted(text, at);
    if (found !== undefined) return found;
    // JSON: a number, a flag, a list of others.
    if (name.quote !== undefined) return NONE;
    const header =
      name.kind === 'authorization' ? credentials : name.kind === 'cookie' ? cookies : undefined;
    const match = header?.exec(text, at) ?? null;
    if (match === null) return bareValue(text, at, name);
    const end = endOf(match);
    return [{ start: end - match[1]!.length, end }];
  };
}

// The end of a sentence is none of the value's.
function lengthWithoutStop(value: string): number {
  let { length } = value;
  while (length > 0 && indexOfText('.:!?', value[length - 1]!) !== -1) length--;
  return length;
}

/** Where the text ends that `quote` opened: before the next one that is escaped as it is. */
function closingQuote(text: string, quote: string, from: number): number {
  const escapes = quote.length - 1;
  const mark = quote[escapes]!;
  for (let at = indexOfText(text, mark, from); at !== -1; at = indexOfText(text, mark, at + 1)) {
    let backslashes = 0;
    while (at - backslashes > from && charCodeAt(text, at - backslashes - 1) === BACKSLASH) {
      backslashes++;
    }
    const closes = escapes === 0 ? backslashes % 2 === 0 : backslashes <= escapes;
    if (closes) return at - (escapes === 0 ? 0 : backslashes);
  }
  // Cut off: no line ends within such quotes.
  const lineEnd = indexOfText(text, '\n', from);
  return lineEnd === -1 ? text.length : lineEnd;
}
