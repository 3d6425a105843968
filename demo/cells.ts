import type { AttributeValue, ViewedRecord } from '../src/viewer/api.js';

type Fields = ViewedRecord['attributes'];

// Long, or told by other columns: the page shows them on demand.
const HIDDEN = /^(exception\.(type|stacktrace)$|code\.|log\.|request_id$)/;
// What went wrong is read first.
const FIRST = /^exception\./;

// Enough to compare durations by.
const DECIMALS = 1;

/** Milliseconds since then. */
export function offsetCell({ timeUnixNano }: ViewedRecord, startUnixNano: bigint): string {
  return (Number(BigInt(timeUnixNano) - startUnixNano) / 1e6).toFixed(DECIMALS);
}

/** The first line that says something, and how many there are more. */
export function messageCell({ body, attributes }: ViewedRecord): string {
  const text = body || toText(attributes['exception.message'] ?? '');
  const lines = text.split('\n').filter(line => line.trim() !== '');
  // A table's first line is its frame.
  const first = lines.find(line => /[\p{L}\p{N}]/u.test(line)) ?? lines[0] ?? '';
  return oneLine(lines.length > 1 ? `${first.trim()} (+${lines.length - 1} lines)` : first.trim());
}

/** `key=value` pairs, as short as they can be told apart. */
export function fieldsCell(fields: Fields): string {
  return Object.entries(fields)
    .filter(([key]) => !HIDDEN.test(key))
    .sort(([a], [b]) => Number(FIRST.test(b)) - Number(FIRST.test(a)))
    .map(([key, value]) => `${key}=${oneLine(toValueText(value))}`)
    .join(' ');
}

/** The fields that all records have, with the same values. */
export function commonFields(records: readonly ViewedRecord[]): Fields {
  const [first, ...others] = records;
  const isCommon = ([key, value]: [string, AttributeValue]) =>
    others.every(({ attributes }) => toText(attributes[key] ?? '') === toText(value));
  return Object.fromEntries(Object.entries(first?.attributes ?? {}).filter(isCommon));
}

function toValueText(value: AttributeValue): string {
  const text = toText(value);
  return typeof value === 'string' && /[\s"=]/.test(text) ? JSON.stringify(text) : text;
}

function toText(value: AttributeValue): string {
  if (typeof value === 'number') return String(Number(value.toFixed(DECIMALS)));
  if (typeof value !== 'object' || value === null) return String(value);
  return JSON.stringify(value).replaceAll('"', '');
}

// A record's text must not move the cursor of the terminal it is shown on.
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}
