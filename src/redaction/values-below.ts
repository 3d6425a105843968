import { closingQuote } from './closing-quote.js';
import { type FoundValue, type FoundValues, NO_VALUES } from './found-values.js';
import { COLOUR, endOf, Pattern } from './patterns.js';
import type { NameKind } from './secret-names.js';

// A list or an object in JSON, or as the console prints it, at any depth. What attributes lose below
// a name, the text that was printed of them loses, too.

const OPENS =
  '>?\\s{0,8}(?:\\[Object: null prototype\\] |[A-Z][\\w$]{0,63}(?:\\(\\d{1,9}\\))? )?(?=[[{])';
// A colour begins with a bracket, too.
const PART = '\\\\{0,3}["\'`]|(?<!\\x1b)[[\\]{}]';

const opens = new Pattern(OPENS, 'y');
const part = new Pattern(PART);
const key = new Pattern(`\\\\{0,3}["'\`](?:${COLOUR})?\\s?(?::|=>)`, 'y');

/** The strings of the list or object that begins there; undefined if none does. */
export function valuesBelow(text: string, at: number, kind: NameKind): FoundValues | undefined {
  const opening = opens.exec(text, at);
  if (opening === null) return undefined;
  // Below other names, an object is judged by its own.
  const isOfAll = kind === 'cookie' || kind === 'authorization';
  const start = endOf(opening);
  return isOfAll || text[start] === '[' ? stringsWithin(text, start, isOfAll) : NO_VALUES;
}

// What is gone through once is not gone through again for a name within. Where the end was cut off,
// that is all the rest.
function stringsWithin(text: string, start: number, isOfAll: boolean): FoundValues {
  const values: FoundValue[] = [];
  let at = start;
  let depth = 0;
  for (let found = part.exec(text, at); found !== null; found = part.exec(text, at)) {
    const mark = found[0];
    at = endOf(found);
    if (mark === '{' && !isOfAll) break;
    if (mark === '{' || mark === '[') depth++;
    else if (mark === '}' || mark === ']') depth--;
    else {
      const end = closingQuote(text, mark, at);
      if (end > at && key.exec(text, end) === null) values[values.length] = { start: at, end };
      at = end + mark.length;
    }
    if (depth === 0) break;
  }
  return { values, end: at };
}
