import type { Leaf } from '../attributes.js';

// What can be searched is brought into one form here, for both stores: lower-case words between single
// spaces. A phrase is found where its words follow each other and the last one begins with the last of
// the phrase, so ` ${phrase}` is a substring of the text. SQLite gets the same text, and an `ascii`
// tokenizer that splits it at these spaces and nowhere else: letters beyond ASCII are words to it.

/** UTF-16 units of a body, and of all attributes, that are searched. */
const MAX_SEARCHED = 16_384;
/** A longer word is base64 or the like: it is found by its beginning. */
const MAX_WORD = 64;

/** Neither can be typed: they are no letters, so no phrase has them. */
const BEFORE_VALUE = '¦';
const BEFORE_KEY = '§';
/** Every text has this word, so that what excludes others has something to be excluded from. */
export const EVERY_TEXT = '¤';

export function searchTextOf(body: string, attributes: readonly Leaf[]): string {
  let text = ` ${EVERY_TEXT} ${toPhrase(body.slice(0, MAX_SEARCHED))}`;
  let left = MAX_SEARCHED;
  for (const [path, value] of attributes) {
    const part = ` ${attributePhrase(path, value.slice(0, MAX_SEARCHED))}`;
    left -= part.length;
    if (left < 0) break;
    text += part;
  }
  return `${text} `;
}

/** What stands in the text for an attribute, up to the next one. */
export function attributePhrase(path: string, value: string): string {
  return `${keyWord(path)} ${BEFORE_VALUE} ${toPhrase(value)}`.trimEnd();
}

/** The word that stands for having an attribute. */
export function keyWord(path: string): string {
  return BEFORE_KEY + toPhrase(path).replaceAll(' ', '·');
}

/** The words of a text. Empty if it has none. */
export function toPhrase(text: string): string {
  const spaced = IS_ASCII.test(text)
    ? text.toLowerCase().replace(NO_ASCII_WORD, ' ')
    : text.toLowerCase().replace(NO_WORD, ' ').replace(WITHOUT_SPACES, ' $& ').replace(SPACES, ' ');
  return spaced.replace(LONG_WORD, word => word.slice(0, MAX_WORD)).trim();
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant.
const IS_ASCII = /^[\x00-\x7f]*$/;
const NO_ASCII_WORD = /[^a-z0-9]+/g;
const NO_WORD = /[^\p{L}\p{N}\p{M}]+/gu;
// Writing that has no spaces between words: each character is a word, and words are phrases.
const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;
const SPACES = / +/g;
const LONG_WORD = new RegExp(`[^ ]{${MAX_WORD + 1},}`, 'g');
