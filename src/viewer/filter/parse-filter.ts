import { toStorable } from '../attributes.js';
import { severityRange } from '../severity.js';
import { toPhrase } from './search-text.js';

/** What a record must be, or with `isExcluded` must not be. */
export type Term = { readonly isExcluded: boolean } & (
  | { readonly kind: 'text'; readonly phrase: string }
  | { readonly kind: 'severity'; readonly least: number; readonly most: number }
  /** Compared without regard to case. */
  | { readonly kind: OriginField; readonly value: string }
  /** The beginning of an id, lower-case. */
  | { readonly kind: 'trace' | 'span'; readonly value: string }
  | { readonly kind: 'attribute'; readonly path: string; readonly test: AttributeTest }
  /** An attribute that is a number, or a text that holds one. */
  | {
      readonly kind: 'number';
      readonly path: string;
      readonly operator: '<' | '<=' | '>' | '>=';
      readonly number: number;
    }
);

export type OriginField = 'service' | 'pool' | 'host' | 'scope';

export type AttributeTest =
  | { readonly operator: 'is'; readonly text: string }
  | { readonly operator: 'exists' };

/** All must hold. */
export type Filter = readonly Term[];

const MAX_FILTER_LENGTH = 4096;
const MAX_TERMS = 32;

// -key:"a value"  -key:value  -"two words"  -word; a quote that is not closed lasts to the end.
const TERM = /(-?)(?:([A-Za-z_][\w.@/$-]*):(?=[^\s/\\]))?(?:"((?:[^"\\]|\\.)*)(?:"|\\?$)|(\S+))/gs;

/** Never throws: what is no comparison is searched as text. */
export function parseFilter(source: string): Filter {
  const terms: Term[] = [];
  for (const match of toStorable(source.slice(0, MAX_FILTER_LENGTH)).matchAll(TERM)) {
    const [whole, minus, key, quoted, bare] = match;
    const isExcluded = minus === '-';
    const value = quoted?.replace(/\\(.)/gs, '$1') ?? bare!;
    const term =
      (key !== undefined && comparison(key, value, quoted !== undefined)) ||
      text(key === undefined ? value : whole.slice(minus!.length));
    if (term) terms.push({ ...term, isExcluded } as Term);
    if (terms.length === MAX_TERMS) break;
  }
  return terms;
}

type Bare = Term extends infer Each
  ? Each extends Term
    ? Omit<Each, 'isExcluded'>
    : never
  : never;

// Punctuation alone has no words, and holds nothing back.
function text(value: string): Bare | undefined {
  const phrase = toPhrase(value);
  return phrase === '' ? undefined : { kind: 'text', phrase };
}

function comparison(key: string, value: string, isQuoted: boolean): Bare | undefined {
  switch (key) {
    case 'severity': {
      const range = severityRange(value);
      return range && { kind: 'severity', ...range };
    }
    case 'service':
    case 'pool':
    case 'host':
    case 'scope':
      return { kind: key, value: value.toLowerCase() };
    case 'trace':
    case 'span':
      return { kind: key, value: value.toLowerCase() };
    default:
      return attribute(key.toLowerCase(), value, isQuoted);
  }
}

function attribute(path: string, value: string, isQuoted: boolean): Bare {
  if (!isQuoted) {
    if (value === '*') return { kind: 'attribute', path, test: { operator: 'exists' } };
    const [, operator, number] = /^([<>]=?)(-?\d+(?:\.\d+)?)$/.exec(value) ?? [];
    if (operator)
      return { kind: 'number', path, operator: operator as '<', number: Number(number) };
  }
  return { kind: 'attribute', path, test: { operator: 'is', text: value.toLowerCase() } };
}
