import { indexOfText, sliceText } from '../convert/intrinsics.js';
import { REDACTED } from './mask.js';
import { endOf, Pattern } from './patterns.js';

const BEGIN = '-----BEGIN (?:[A-Z0-9]{1,16} ){0,3}PRIVATE KEY(?: BLOCK)?-----';
const END = '-----END ';
/** RSA of 16,384 bits takes 12,700, and more where line breaks are escaped. */
const MAX_KEY_LENGTH = 32 * 1024;
/** What a key consists of, printed in whatever way; it is all there is where its end was cut off. */
const REST = '(?:[\\w+/=\\s\\\\:,."\'-]*[\\w+/=])?';

/** Replaces whole blocks, in any of the forms in which they are printed. */
export function createPrivateKeys(): (text: string) => string {
  const begin = new Pattern(BEGIN);
  const rest = new Pattern(REST, 'y');
  const label = new Pattern(`${END}[A-Z0-9 ]{0,48}(?:-----)?`, 'y');

  return text => {
    if (indexOfText(text, '-----BEGIN ') === -1) return text;
    let replaced = '';
    let from = 0;
    let end = -1;
    for (let match = begin.exec(text, 0); match !== null; match = begin.exec(text, from)) {
      replaced += sliceText(text, from, match.index) + REDACTED;
      const at = endOf(match);
      // Looked for once, not anew for each beginning before it.
      if (end < at) end = indexOfOrEnd(text, END, at);
      const last = end - at > MAX_KEY_LENGTH ? rest.exec(text, at) : label.exec(text, end);
      from = endOf(last ?? rest.exec(text, at)!);
    }
    return from === 0 ? text : replaced + sliceText(text, from);
  };
}

function indexOfOrEnd(text: string, what: string, from: number): number {
  const at = indexOfText(text, what, from);
  return at === -1 ? text.length : at;
}
