// The server alone understands a filter. What is done here is only to find where its terms begin and
// end, so that one can be added, replaced and taken out by a click.

/** A word, `"two words"` or `key:"two words"`, each with or without a leading `-`, as the server cuts. */
const TERM = /-?(?:[A-Za-z_][\w.@/$-]*:(?=[^\s/\\]))?(?:"(?:[^"\\]|\\.)*(?:"|\\?$)|\S+)/gs;
const KEY = /^[A-Za-z_][\w.@/$-]*$/;

export function termsOf(filter: string): string[] {
  return filter.match(TERM) ?? [];
}

/** Whether a filter can name that field. */
export function isKey(key: string): boolean {
  return KEY.test(key);
}

/** `key:value`, quoted where it would not be read as one value otherwise. */
export function fieldTerm(key: string, value: string, isExcluded = false): string {
  return `${isExcluded ? '-' : ''}${key}:${quoted(value)}`;
}

/** With `term` at the end, and without it or its opposite anywhere else. */
export function withTerm(filter: string, term: string): string {
  return [...termsOf(filter).filter(other => bare(other) !== bare(term)), term].join(' ');
}

export function withoutTerm(filter: string, term: string): string {
  return termsOf(filter)
    .filter(other => other !== term)
    .join(' ');
}

/** With `term` in the place of whatever else was asked of `key`; without any when it is null. */
export function withOnly(filter: string, key: string, term: string | null): string {
  const kept = termsOf(filter).filter(other => !bare(other).startsWith(`${key}:`));
  return (term === null ? kept : [...kept, term]).join(' ');
}

/** What is asked of `key`, without the key: `>=warn`. */
export function askedOf(filter: string, key: string): string | null {
  const term = termsOf(filter).find(other => other.startsWith(`${key}:`));
  return term === undefined ? null : unquoted(term.slice(key.length + 1));
}

function bare(term: string): string {
  return term.startsWith('-') ? term.slice(1) : term;
}

function quoted(text: string): string {
  if (text !== '' && !/[\s":\\]/.test(text) && !/^[-<>=*/]/.test(text)) return text;
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function unquoted(text: string): string {
  return text.startsWith('"') ? text.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1') : text;
}
