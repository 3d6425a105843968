import { sliceText } from '../convert/intrinsics.js';
import { closingQuote } from './closing-quote.js';
import { isMasked, REDACTED } from './mask.js';
import { COLOUR, endOf, Pattern } from './patterns.js';
import type { NameKind } from './secret-names.js';

// `[ 'cookie', 'sid=1' ]`: the entries of an object, raw headers. So look lists of names, too, and
// names are what must not be taken for values.

const PAIR = `,(?<=\\2(-{0,2}[A-Za-z_][\\w.-]{0,63})(\\\\{0,3}["'])(?:${COLOUR})?,)\\s{0,80}(?:${COLOUR})?\\2`;
const MIN_LENGTH = 4;

const pair = new Pattern(PAIR);
/** No name, no word and no sentence. */
const telling = new Pattern('^(?=.*[^A-Za-z_.$-])\\S+$', '');
/** A header's value may hold blanks. */
const header = new Pattern('[\\d=]|^(?:Bearer|Basic|Digest|Negotiate|Token|ApiKey) ', 'i');
const key = new Pattern(`\\\\{0,3}["'](?:${COLOUR})?\\s?(?::|=>)`, 'y');

export interface PairedValuesOptions {
  kindOf(name: string): NameKind;
  isSecret(text: string, kind: NameKind): boolean;
}

export interface PairedValues {
  /** What `name` says of the text behind it in a list. */
  kindOf(name: string, value: string): NameKind;
  /** Replaces them in what was printed of a list. */
  redact(text: string): string;
}

export function createPairedValues({ kindOf, isSecret }: PairedValuesOptions): PairedValues {
  function pairedKind(name: string, value: string): NameKind {
    if (value.length < MIN_LENGTH || isMasked(value)) return 'plain';
    const kind = kindOf(name);
    if (kind === 'plain' || kind === 'exempt') return 'plain';
    if (!isSecret(value, kind)) return 'plain';
    if (kind === 'card') return kind;
    const isHeader = kind === 'authorization' || kind === 'cookie';
    if (!(isHeader ? header : telling).matches(value)) return 'plain';
    return kindOf(value) === 'plain' ? kind : 'plain';
  }

  return {
    kindOf: pairedKind,
    redact(text) {
      let replaced = '';
      let from = 0;
      for (let match = pair.exec(text, 0); match !== null; ) {
        const start = endOf(match);
        const end = closingQuote(text, match[2]!, start);
        const isValue =
          key.exec(text, end) === null &&
          pairedKind(match[1]!, sliceText(text, start, end)) !== 'plain';
        if (isValue) {
          replaced += sliceText(text, from, start) + REDACTED;
          from = end;
        }
        match = pair.exec(text, isValue ? end : start);
      }
      return from === 0 ? text : replaced + sliceText(text, from);
    },
  };
}
