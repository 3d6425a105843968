import { max, sliceText } from '../convert/intrinsics.js';
import { isMasked, REDACTED } from './mask.js';
import { COLOUR, endOf, Pattern } from './patterns.js';
import type { NameKind } from './secret-names.js';
import { createValueReader } from './value-in-text.js';

export interface NamedValuesOptions {
  kindOf(name: string): NameKind;
  isSecret(text: string, kind: NameKind): boolean;
}

// The m that ends a colour is none of the word.
const WORD = '(?<!\\x1b\\[[\\d;]{0,16})[A-Za-z_][\\w.-]{0,63}';
// One name, or two words such as `api key`, and what may stand between it and the separator. Begins
// at the separator and looks back, so that no text is gone through twice.
const SEPARATOR =
  `[:=](?<=((?:${WORD} )?(${WORD}))` + '(\\\\{0,3}["\'])?' + `(?:${COLOUR})?( ?)[:=])`;

const separator = new Pattern(SEPARATOR);
const readValue = createValueReader();

/** Replaces what a secret's name introduces in text: `password=…`, `"api_key":"…"`, headers. */
export function createNamedValues({ kindOf, isSecret }: NamedValuesOptions) {
  return (text: string): string => {
    let replaced = '';
    let from = 0;
    let next = 0;
    for (let match = separator.exec(text, 0); match; match = separator.exec(text, next)) {
      next = endOf(match);
      const kind = kindOf(match[1]!);
      if (kind === 'plain' || kind === 'exempt' || kindOf(match[2]!) === 'exempt') continue;
      const name = { kind, quote: match[3], isSpaced: match[4] !== '' };
      const { values, end: goneThrough } = readValue(text, next, name);
      for (let i = 0; i < values.length; i++) {
        const { start, end } = values[i]!;
        const value = sliceText(text, start, end);
        if (isMasked(value) || !isSecret(value, kind)) continue;
        replaced += sliceText(text, from, start) + REDACTED;
        from = end;
      }
      next = max(next, from, goneThrough);
    }
    return from === 0 ? text : replaced + sliceText(text, from);
  };
}
