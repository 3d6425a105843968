import { indexOfText, sliceText } from '../convert/intrinsics.js';
import { REDACTED } from './mask.js';
import { compile, patternExec } from './patterns.js';

const BEGIN = '-----BEGIN (?:[A-Z0-9]{1,16} ){0,3}PRIVATE KEY(?: BLOCK)?-----';
const END = '-----END ';
/** Of `-----END … PRIVATE KEY BLOCK-----`. */
const MAX_END_LENGTH = 64;
/** RSA of 16,384 bits takes 12,700, and more where line breaks are escaped. */
const MAX_KEY_LENGTH = 32 * 1024;
/** What a key consists of, printed in whatever way; it is all there is where its end was cut off. */
const REST = '(?:[\\w+/=\\s\\\\:,."\'-]*[\\w+/=])?';

/** Replaces whole blocks, in any of the forms in which they are printed. */
export function createPrivateKeys(): (text: string) => string {
  const begin = compile(BEGIN);
  const rest = compile(REST, 'y');
  const end = compile('-----END [A-Z0-9 ]{0,48}-----', 'y');
  const exec = patternExec();

  function endOf(text: string, from: number): number {
    const at = indexOfText(text, END, from);
    const pattern = at === -1 || at - from > MAX_KEY_LENGTH ? rest : end;
    pattern.lastIndex = pattern === end ? at : from;
    return exec(pattern, text) === null ? at + MAX_END_LENGTH : pattern.lastIndex;
  }

  return text => {
    if (indexOfText(text, '-----BEGIN ') === -1) return text;
    let replaced = '';
    let from = 0;
    begin.lastIndex = 0;
    for (let match = exec(begin, text); match !== null; match = exec(begin, text)) {
      replaced += sliceText(text, from, match.index) + REDACTED;
      from = endOf(text, begin.lastIndex);
      begin.lastIndex = from;
    }
    return from === 0 ? text : replaced + sliceText(text, from);
  };
}
