import { type Attributes, leavesAt } from '../attributes.js';
import type { Entry, Origin } from '../entry.js';
import type { AttributeTest, Filter, OriginField, Term } from './parse-filter.js';
import { attributePhrase, keyWord } from './search-text.js';

/** What SQLite answers from its indexes, asked of one record: for memory, and for live streams. */
export function matches(entry: Entry, filter: Filter): boolean {
  return filter.every(term => isMet(entry, term) !== term.isExcluded);
}

function isMet(entry: Entry, term: Term): boolean {
  switch (term.kind) {
    case 'text':
      return hasPhrase(entry.searchText, term.phrase);
    case 'severity':
      return entry.severityNumber >= term.least && entry.severityNumber <= term.most;
    case 'trace':
      return entry.traceId?.startsWith(term.value) ?? false;
    case 'span':
      return entry.spanId?.startsWith(term.value) ?? false;
    case 'attribute':
      // An index of words finds what is wanted, but cannot tell what has an excluded attribute.
      return (
        (term.isExcluded || hasPhrase(entry.searchText, phraseOf(term))) &&
        attributeMatches(JSON.parse(entry.attributes), term)
      );
    case 'number':
      return entry.numbers.some(([at, value]) => at === term.path && numberMatches(value, term));
    default:
      return originMatches(entry.origin, term);
  }
}

export function originMatches(origin: Origin, term: { kind: OriginField; value: string }): boolean {
  return origin[term.kind]?.toLowerCase() === term.value;
}

type NumberTerm = Extract<Term, { kind: 'number' }>;
type AttributeTerm = Extract<Term, { kind: 'attribute' }>;

/** What the searched text of a record with such an attribute holds, as whole words. */
export function phraseOf({ path, test }: AttributeTerm): string {
  return test.operator === 'is' ? `${attributePhrase(path, test.text)} ` : `${keyWord(path)} `;
}

export function attributeMatches(attributes: Attributes, { path, test }: AttributeTerm): boolean {
  return leavesAt(attributes, path).some(value => valueMatches(value, test));
}

function valueMatches(value: string, test: AttributeTest): boolean {
  return test.operator === 'exists' || value.toLowerCase() === test.text;
}

function numberMatches(value: number, { operator, number }: NumberTerm): boolean {
  switch (operator) {
    case '<':
      return value < number;
    case '<=':
      return value <= number;
    case '>':
      return value > number;
    case '>=':
      return value >= number;
  }
}

function hasPhrase(searchText: string, phrase: string): boolean {
  return searchText.includes(` ${phrase}`);
}
