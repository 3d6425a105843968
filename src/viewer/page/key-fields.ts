import type { AttributeValue, ViewedRecord } from '../api.js';

// What people look for first, in this order; then the rest as it was logged.
const FIRST = [
  'exception.type',
  'job_id',
  'step_id',
  'task_id',
  'customer_id',
  'request_id',
  'session_id',
  'service_required',
];
const NOT_IN_LISTS =
  /^(?:code|log|thread|process|telemetry)\.|^exception\.(?:message|stacktrace|handled)/;
const MOST = 8;
const MAX_LENGTH = 80;

/** Fields for the last column of a list, as short texts. */
export function keyFields({ attributes }: ViewedRecord): [key: string, value: string][] {
  const keys = Object.keys(attributes).filter(key => !NOT_IN_LISTS.test(key));
  return keys
    .map((key, index) => ({ key, rank: FIRST.includes(key) ? FIRST.indexOf(key) : 100 + index }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ key }) => [cut(key, MAX_LENGTH), cut(plainText(attributes[key]!), MAX_LENGTH)]);
}

export function plainText(value: AttributeValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** At most `length` units, and no half of a pair at its end. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const code = text.charCodeAt(length - 1);
  return `${text.slice(0, code >= 0xd800 && code < 0xdc00 ? length - 1 : length)}…`;
}
