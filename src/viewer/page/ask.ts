import type { CallSite } from '../api.js';
import { fieldTerm, withTerm } from './filter-terms.js';

// Facts of a resource that a filter has a shorter name for.
const SHORT_NAMES: Readonly<Record<string, string>> = {
  'service.name': 'service',
  'emp.pool.name': 'pool',
  'host.name': 'host',
};

/** What is asked for by a click on the value of a field. */
export function askTerm(path: string, value: string, isExcluded: boolean): string {
  const key = Object.hasOwn(SHORT_NAMES, path) ? SHORT_NAMES[path]! : path;
  return fieldTerm(key, value, isExcluded);
}

/** The records of one call: by its place in the source, or else by the words of its message. */
export function callSiteFilter(filter: string, { file, line, pattern }: CallSite): string {
  if (file === null) return wordsOf(pattern).reduce(withTerm, filter);
  const inFile = withTerm(filter, fieldTerm('code.file.path', file));
  return line === null ? inFile : withTerm(inFile, fieldTerm('code.line.number', String(line)));
}

// What a pattern has in the place of numbers and ids is no word of a message.
function wordsOf(pattern: string): string[] {
  return (pattern.match(/\p{L}{3,}/gu) ?? []).slice(0, 8);
}
