import type { Attributes } from '../attributes.js';
import { attributeMatches, originMatches, phraseOf } from '../filter/match.js';
import type { Filter, Term } from '../filter/parse-filter.js';
import { EVERY_TEXT } from '../filter/search-text.js';
import type { Selection } from './generation.js';
import type { Database, SqlValue } from './sqlite.js';
import type { Tables } from './sqlite-tables.js';

/** What stands after FROM and WHERE, with the values of its question marks. */
export interface Clause {
  /** The column of ids that can be walked in order. */
  readonly id: string;
  readonly from: string;
  readonly where: string;
  readonly values: readonly SqlValue[];
}

type Condition = readonly [sql: string, ...values: SqlValue[]];
type AttributeTerm = Extract<Term, { kind: 'attribute' }>;

/** The FROM and WHERE that answer as `matches()` does; the narrow table is called `record`. */
export function select(database: Database, tables: Tables, selection: Selection): Clause {
  const { filter } = selection;
  const expression = searchExpression(filter);
  const id = expression === undefined ? 'record.id' : `${tables.search}.rowid`;
  const attributeTerms = filter.filter(term => term.kind === 'attribute');
  const conditions = [
    ...(expression === undefined ? [] : [[`${tables.search} MATCH ?`, expression] as const]),
    ...bounds(selection, id),
    ...filter.flatMap(term => condition(database, tables, term) ?? []),
    ...(attributeTerms.length === 0 ? [] : [attributesCondition(attributeTerms)]),
  ];
  return {
    id,
    from: fromClause(tables, expression !== undefined, attributeTerms.length > 0),
    where: conditions.map(([sql]) => sql).join(' AND ') || '1',
    values: conditions.flatMap(([, ...values]) => values),
  };
}

// CROSS JOIN, as SQLite then keeps the order: the index of words first.
function fromClause({ search, records, contents }: Tables, words: boolean, fat: boolean): string {
  const start = words
    ? `${search} CROSS JOIN ${records} record ON record.id = ${search}.rowid`
    : `${records} record`;
  return fat ? `${start} CROSS JOIN ${contents} content ON content.id = record.id` : start;
}

function bounds({ from, to, afterId, beforeId }: Selection, id: string): Condition[] {
  return [
    ...(afterId === undefined ? [] : [[`${id} > ?`, afterId] as const]),
    ...(beforeId === undefined ? [] : [[`${id} < ?`, beforeId] as const]),
    ...(from === undefined ? [] : [['record.time >= ?', from] as const]),
    ...(to === undefined ? [] : [['record.time < ?', to] as const]),
  ];
}

function condition(database: Database, tables: Tables, term: Term): Condition[] | undefined {
  switch (term.kind) {
    case 'text':
    case 'attribute':
      return undefined;
    case 'severity':
      return [negatable(term, 'record.severity BETWEEN ? AND ?', term.least, term.most)];
    // Ids are hexadecimal: what begins with the value is below the value with a `g`.
    case 'trace':
      return [negatable(term, `${range('record.trace')}`, term.value, `${term.value}g`)];
    case 'span':
      return [negatable(term, `${range('record.span')}`, term.value, `${term.value}g`)];
    case 'number':
      return [numberCondition(tables, term)];
    default:
      return [originCondition(database, tables, term)];
  }
}

function range(column: string): string {
  return `${column} IS NOT NULL AND ${column} >= ? AND ${column} < ?`;
}

function negatable({ isExcluded }: Term, sql: string, ...values: SqlValue[]): Condition {
  return [isExcluded ? `NOT (${sql})` : `(${sql})`, ...values];
}

// There are few of them, and they are compared as `matches()` does it.
function originCondition(
  database: Database,
  { origins }: Tables,
  term: Extract<Term, { kind: 'service' | 'pool' | 'host' | 'scope' }>,
): Condition {
  const rows = database.prepare(`SELECT id, ${term.kind} FROM ${origins}`).all();
  const ids = rows.filter(row => originMatches(row as never, term)).map(({ id }) => id as number);
  return negatable(term, `record.origin IN (${ids.join()})`);
}

function numberCondition({ numbers }: Tables, term: Extract<Term, { kind: 'number' }>): Condition {
  const ids = `SELECT record FROM ${numbers} WHERE path = ? AND value ${term.operator} ?`;
  return negatable(term, `record.id IN (${ids})`, term.path, term.number);
}

// All that the index of words can tell. An excluded attribute is not among it: having the word of a
// value is not yet having that value.
function searchExpression(filter: Filter): string | undefined {
  const wanted: string[] = [];
  const excluded: string[] = [];
  for (const term of filter) {
    if (term.kind === 'text') (term.isExcluded ? excluded : wanted).push(quote(term.phrase));
    if (term.kind === 'attribute' && !term.isExcluded) wanted.push(quote(phraseOf(term)));
  }
  if (wanted.length + excluded.length === 0) return undefined;
  const start = wanted.length > 0 ? wanted.join(' AND ') : quote(`${EVERY_TEXT} `);
  return excluded.length > 0 ? `(${start}) NOT (${excluded.join(' OR ')})` : start;
}

// Phrases have no quotes in them. One that ends with a space ends with a whole word.
function quote(phrase: string): string {
  return phrase.endsWith(' ') ? `"${phrase.trim()}"` : `"${phrase}" *`;
}

const ATTRIBUTES_FUNCTION = 'attributes_match';

function attributesCondition(terms: readonly AttributeTerm[]): Condition {
  return [`${ATTRIBUTES_FUNCTION}(content.attributes, ?)`, JSON.stringify(terms)];
}

/** Once per database. */
export function addFunctions(database: Database): void {
  let last: { readonly json: string; readonly terms: readonly AttributeTerm[] } | undefined;
  database.function(ATTRIBUTES_FUNCTION, ((attributesJson: string, json: string) => {
    if (last?.json !== json) last = { json, terms: JSON.parse(json) };
    const attributes = JSON.parse(attributesJson) as Attributes;
    return last.terms.every(term => attributeMatches(attributes, term) !== term.isExcluded) ? 1 : 0;
  }) as never);
}
