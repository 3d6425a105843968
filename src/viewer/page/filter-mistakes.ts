import { severityRange } from '../severity.js';
import { termsOf } from './filter-terms.js';

const LEVELS = 'trace, debug, info, warn, error, fatal, and numbers from 1 to 24';

/** What people write of other tools' languages, and what it is here. */
const MEANT: Readonly<Record<string, string>> = {
  level: 'Levels are asked for as severity:error or severity:>=warn.',
  msg: 'Words of the message need no name: "job failed".',
  message: 'Words of the message need no name: "job failed".',
  body: 'Words of the message need no name: "job failed".',
  trace_id: 'Ids of traces are asked for as trace:4bf92f.',
  span_id: 'Ids of spans are asked for as span:00f067.',
  'service.name': 'Services are asked for as service:api.',
  'host.name': 'Hosts are asked for as host:gpu-7.',
};

/** A sentence for each term that cannot be meant as it is read. */
export function mistakesIn(filter: string): string[] {
  return termsOf(filter).flatMap(term => mistakeOf(term) ?? []);
}

/** Sentences about terms that may be meant as they are read, for when nothing is found. */
export function likelyMeant(filter: string): string[] {
  const keys = termsOf(filter).map(term => keyAndValue(term).key);
  const found = keys.flatMap(key => (Object.hasOwn(MEANT, key) ? MEANT[key]! : []));
  return [...new Set(found)];
}

function mistakeOf(term: string): string | undefined {
  const { key, value } = keyAndValue(term);
  if (/^(?:AND|OR|NOT|&&|\|\|)$/.test(term)) {
    return `${term} is searched as a word: all terms must match, and a minus before one leaves it out.`;
  }
  if (/^"(?:[^"\\]|\\.)*\\?$/s.test(value)) return `The quote of ${term} is not closed.`;
  if (key === 'severity') return severityMistake(term, value);
  if (key === 'trace' || key === 'span') {
    const isId = /^"?[\da-f]+"?$/i.test(value);
    return isId ? undefined : `${term} is no beginning of an id: those have 0 to 9 and a to f.`;
  }
  if (!/^[<>]/.test(value) || key === '') return undefined;
  const isNumber = /^[<>]=?-?\d+(?:\.\d+)?$/.test(value);
  return isNumber ? undefined : `${term} compares with no number: its value is searched as it is.`;
}

function severityMistake(term: string, value: string): string | undefined {
  const range = severityRange(value.replaceAll('"', ''));
  if (!range) return `${term} names no level and is searched as text. Levels are ${LEVELS}.`;
  const isPossible = range.least <= range.most && range.least <= 24 && range.most >= 1;
  return isPossible ? undefined : `No record can have ${term}. Levels are ${LEVELS}.`;
}

function keyAndValue(term: string): { readonly key: string; readonly value: string } {
  const [, key = '', value = ''] = /^-?(?:([A-Za-z_][\w.@/$-]*):)?(.*)$/s.exec(term) ?? [];
  return { key: key.toLowerCase(), value };
}
