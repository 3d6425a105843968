import { sliceText } from '../convert/intrinsics.js';
import { isMasked, REDACTED } from './mask.js';
import { endOf, Pattern } from './patterns.js';
import type { NameKind } from './secret-names.js';
import { createValueReader } from './value-in-text.js';

export interface NamedValuesOptions {
  kindOf(name: string): NameKind;
  isCardNumber(text: string): boolean;
}

// One name, or two words such as `api key`, and what may stand between it and the separator. Begins
// at the separator and looks back, so that no text is gone through twice.
const SEPARATOR =
  '[:=](?<=((?:[A-Za-z_][\\w.-]{0,63} )?([A-Za-z_][\\w.-]{0,63}))(\\\\{0,3}["\'])?( ?)[:=])';

/** Replaces what a secret's name introduces in text: `password=…`, `"api_key":"…"`, headers. */
export function createNamedValues({ kindOf, isCardNumber }: NamedValuesOptions) {
  const separator = new Pattern(SEPARATOR);
  const readValue = createValueReader();

  function isSecret(value: string, kind: NameKind): boolean {
    if (isMasked(value)) return false;
    return kind !== 'card' || isCardNumber(value);
  }

  return (text: string): string => {
    let replaced = '';
    let from = 0;
    let next = 0;
    for (let match = separator.exec(text, 0); match; match = separator.exec(text, next)) {
      next = endOf(match);
      const kind = kindOf(match[1]!);
      if (kind === 'plain' || kind === 'exempt' || kindOf(match[2]!) === 'exempt') continue;
      const values = readValue(text, next, { kind, quote: match[3], isSpaced: match[4] !== '' });
      for (let i = 0; i < values.length; i++) {
        const { start, end } = values[i]!;
        if (!isSecret(sliceText(text, start, end), kind)) continue;
        replaced += sliceText(text, from, start) + REDACTED;
        from = end;
      }
      if (from > next) next = from;
    }
    return from === 0 ? text : replaced + sliceText(text, from);
  };
}
