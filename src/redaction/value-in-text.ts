import { charCodeAt, indexOfText, sliceText, startsWith } from '../convert/intrinsics.js';
import { closingQuote } from './closing-quote.js';
import { type FoundValues, NO_VALUES, oneValue } from './found-values.js';
import { COLOUR, endOf, Pattern } from './patterns.js';
import type { NameKind } from './secret-names.js';
import { valuesBelow } from './values-below.js';

interface NameBefore {
  readonly kind: NameKind;
  /** Around the name, if any, with what escapes it. */
  readonly quote: string | undefined;
  /** A blank between name and separator: prose, or source code. */
  readonly isSpaced: boolean;
}

const COLON = 0x3a;

// `=>` in what the console prints of a map.
// A backtick directly behind a name ends its code span in Markdown.
const PAINT = `(?:${COLOUR})?`;
const OPENING = `>?\\s{0,8}${PAINT}(\\\\{0,3}["']|(?<=\\s)\`)`;
const BEFORE_HEADER = `${PAINT} {0,3}${PAINT}`;
const CREDENTIALS =
  `${BEFORE_HEADER}(` +
  '(?:Digest|Signature|HMAC|AWS4-HMAC-SHA256) {1,3}[^\\x1b\\r\\n`<>{}\\\\]*[=:][^\\x1b\\r\\n`<>{}\\\\]*' +
  '|(?:Bearer|Basic|Negotiate|NTLM|Token|ApiKey|Api-Key|Key|Bot) {1,3}' +
  '(?=[^\\s\\d=+/]{0,64}[\\d=+/]|\\S{16}|\\S{1,16}(?:[\\r\\n]|$))[^\\x1b\\s,;"\'`<>{}\\\\]+)';
const COOKIES =
  `${BEFORE_HEADER}(` +
  '[\\w.%!#$&*+^|~-]+=[^\\x1b\\s;"\'`]*(?:; ?[\\w.%!#$&*+^|~-]+(?:=[^\\x1b\\s;"\'`]*)?)*)';
const BARE =
  `(${PAINT}([ \\t]{0,3})${PAINT})` +
  '([^\\x1b\\s&;,"\'`<>(){}|\\\\\\[=:][^\\x1b\\s&;,"\'`<>(){}|\\\\]*)';

/** Finds what a secret's name introduces, from behind its separator on. */
export function createValueReader() {
  const opening = new Pattern(OPENING, 'y');
  const credentials = new Pattern(CREDENTIALS, 'yi');
  const cookies = new Pattern(COOKIES, 'y');
  const bare = new Pattern(BARE, 'y');
  const mixed = new Pattern('\\d|[!@#$%^*+~]|[a-z][A-Z]', '');
  const literal = new Pattern(
    '^(?:null|undefined|true|false|none|nil|NaN|\\*+|%[sdifjoOc]|\\$.*)$',
    'i',
  );
  const digits = new Pattern('^\\d+$', '');

  function quoted(text: string, at: number): FoundValues | undefined {
    const match = opening.exec(text, at);
    if (match === null) return undefined;
    const start = endOf(match);
    const end = closingQuote(text, match[1]!, start);
    return end > start ? oneValue(start, end) : NO_VALUES;
  }

  // `password: required` is prose and `token=4096` a count; what is written like a secret is not.
  function isBareSecret(value: string, kind: NameKind, isLoose: boolean): boolean {
    if (value === '' || literal.matches(value)) return false;
    if (digits.matches(value)) {
      if (kind !== 'password' && kind !== 'folder') return kind === 'card';
      return !isLoose || value.length >= 4;
    }
    if (!isLoose) return true;
    if (indexOfText(value, '//') !== -1 || startsWith(value, 'arn:')) return false;
    return value.length >= 4 && mixed.matches(value);
  }

  function bareValue(text: string, at: number, name: NameBefore): FoundValues {
    const match = bare.exec(text, at);
    if (match === null) return NO_VALUES;
    const isLoose = name.isSpaced || match[2] !== '' || charCodeAt(text, at - 1) === COLON;
    const value = isLoose ? sliceText(match[3]!, 0, lengthWithoutStop(match[3]!)) : match[3]!;
    // Source code: what is called there is no secret.
    if (isLoose && text[endOf(match)] === '(') return NO_VALUES;
    if (!isBareSecret(value, name.kind, isLoose)) return NO_VALUES;
    const start = at + match[1]!.length;
    return oneValue(start, start + value.length);
  }

  return (text: string, at: number, name: NameBefore): FoundValues => {
    const found = quoted(text, at) ?? valuesBelow(text, at, name.kind);
    if (found !== undefined) return found;
    // JSON: a number, a flag, a list of others.
    if (name.quote !== undefined) return NO_VALUES;
    const header =
      name.kind === 'authorization' ? credentials : name.kind === 'cookie' ? cookies : undefined;
    const match = header?.exec(text, at) ?? null;
    if (match === null) return bareValue(text, at, name);
    const end = endOf(match);
    return oneValue(end - match[1]!.length, end);
  };
}

// The end of a sentence is none of the value's.
function lengthWithoutStop(value: string): number {
  let { length } = value;
  while (length > 0 && indexOfText('.:!?', value[length - 1]!) !== -1) length--;
  return length;
}
