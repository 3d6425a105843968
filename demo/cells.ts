import type { PlainFields, PlainValue } from '../src/receiver/any-value.js';
import type { ReceivedLog } from '../src/receiver/received-log.js';

// Long, or told by other columns: a back end shows them on demand.
const HIDDEN = /^(exception\.(message|stacktrace)|code\.|log\.)/;

// Enough to compare durations by.
const DECIMALS = 1;

/** Local time of day, to the millisecond. */
export function timeCell({ timeUnixNano }: ReceivedLog): string {
  const date = new Date(Number(timeUnixNano / 1_000_000n));
  const parts = [date.getHours(), date.getMinutes(), date.getSeconds()];
  const time = parts.map(part => String(part).padStart(2, '0')).join(':');
  return `${time}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** The first line that says something, and how many there are more. */
export function messageCell({ body, attributes }: ReceivedLog): string {
  const text = toText(body ?? attributes['exception.message'] ?? '');
  const lines = text.split('\n').filter(line => line.trim() !== '');
  // A table's first line is its frame.
  const first = lines.find(line => /[\p{L}\p{N}]/u.test(line)) ?? lines[0] ?? '';
  return oneLine(lines.length > 1 ? `${first.trim()} (+${lines.length - 1} lines)` : first.trim());
}

// What a reader looks for first in a resource; the rest describes the sender's SDK and process.
const TELLING = [/^service\.(name|namespace|version)$/, /^emp\./, /^(host|cloud|container|k8s)\./];

/** Where records come from, in brief. */
export function resourceCell(resource: PlainFields): string {
  const entries = TELLING.flatMap(pattern =>
    Object.entries(resource).filter(([key]) => pattern.test(key)),
  );
  return fieldsCell(Object.fromEntries(entries));
}

/** `key=value` pairs, as short as they can be told apart. */
export function fieldsCell(fields: PlainFields): string {
  return Object.entries(fields)
    .filter(([key]) => !HIDDEN.test(key))
    .map(([key, value]) => `${key}=${oneLine(toValueText(value))}`)
    .join(' ');
}

function toValueText(value: PlainValue): string {
  const text = toText(value);
  return typeof value === 'string' && /[\s"=]/.test(text) ? JSON.stringify(text) : text;
}

function toText(value: PlainValue): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(Number(value.toFixed(DECIMALS)));
  if (value instanceof Uint8Array) return `<${value.length} bytes>`;
  if (typeof value !== 'object' || value === null) return String(value);
  return JSON.stringify(value, (_, nested) =>
    typeof nested === 'bigint' ? String(nested) : nested,
  ).replaceAll('"', '');
}

// A record's text must not move the cursor of the terminal it is shown on.
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}
