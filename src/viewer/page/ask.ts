import type { CallSite } from '../api.js';
import { fieldTerm, withTerm } from './filter-terms.js';

// Facts of a resource that a filter has a name for; it knows no others of them.
const SHORT_NAMES: Readonly<Record<string, string>> = {
  'service.name': 'service',
  'emp.pool.name': 'pool',
  'host.name': 'host',
};

export function isShortNamed(path: string): boolean {
  return Object.hasOwn(SHORT_NAMES, path);
}

/** What is asked for by a click on the value of a field. */
export function askTerm(path: string, value: string, isExcluded: boolean): string {
  return fieldTerm(isShortNamed(path) ? SHORT_NAMES[path]! : path, value, isExcluded);
}

/** The records of one call: by its place in the source, or else by the words of its message. */
export function callSiteFilter(filter: string, site: CallSite): string {
  const { file, line, pattern, severityText } = site;
  const terms = severityText === '' ? [] : [fieldTerm('severity', severityText.toLowerCase())];
  if (file !== null) terms.push(fieldTerm('code.file.path', file));
  if (file !== null && line !== null) terms.push(fieldTerm('code.line.number', String(line)));
  if (file === null) terms.push(...phrasesOf(pattern));
  return terms.reduce(withTerm, filter);
}

// Between what stands for numbers and ids. What is joined to the end of one is no word of its own:
// `12px` is one, of which a search for `px` knows nothing.
function phrasesOf(pattern: string): string[] {
  return pattern
    .split(/<(?:n|id)>/)
    .map((part, index) => (index === 0 ? part : part.replace(/^[\p{L}\p{M}]+/u, '')))
    .filter(part => /\p{L}/u.test(part))
    .map(part => `"${part.trim().replace(/["\\]/g, '\\$&')}"`);
}
