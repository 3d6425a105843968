import { toNumber } from '../convert/intrinsics.js';
import type { Budget } from '../convert/limits.js';
import { isError, isPlainData } from '../convert/objects.js';
import { shownText } from '../convert/shown-text.js';

const PERCENT = '%';

export interface FormattedText {
  readonly text: string;
  /** The objects whose fields become attributes, and errors: they are not in the text. */
  readonly rest: readonly unknown[];
}

/**
 * As `util.format`, of which it runs nothing that could run code of the program's: objects are shown
 * by their fields.
 */
export function formattedText(args: readonly unknown[], budget: Budget): FormattedText {
  const template = args[0];
  const rest: unknown[] = [];
  let text = '';
  let next = 1;
  const all = typeof template === 'string' ? template : shownText(template, budget);
  for (let at = 0; at < all.length; at++) {
    const specifier = all[at] === PERCENT ? all[at + 1] : undefined;
    if (specifier === PERCENT) {
      text += PERCENT;
      at++;
    } else if (specifier !== undefined && isSpecifier(specifier) && next < args.length) {
      text += argumentText(specifier, args[next++], budget);
      at++;
    } else text += all[at];
  }
  for (; next < args.length; next++) {
    const value = args[next];
    if (isError(value) || isPlainData(value)) rest[rest.length] = value;
    else text += ` ${valueText(value, budget)}`;
  }
  return { text, rest };
}

function isSpecifier(letter: string): boolean {
  switch (letter) {
    case 's':
    case 'd':
    case 'i':
    case 'f':
    case 'j':
    case 'o':
    case 'O':
    case 'c':
      return true;
    default:
      return false;
  }
}

function argumentText(specifier: string, value: unknown, budget: Budget): string {
  // Colours of a browser.
  if (specifier === 'c') return '';
  const isNumeric = specifier === 'd' || specifier === 'i' || specifier === 'f';
  return isNumeric && typeof value === 'string' ? `${toNumber(value)}` : valueText(value, budget);
}

function valueText(value: unknown, budget: Budget): string {
  return typeof value === 'string' ? value : shownText(value, budget);
}
