import { LogFields, type LogValue } from '../log-record.js';

/** Deeper values are left out, as in every other bridge. */
const MAX_DEPTH = 8;

/**
 * What of an api `AnyValue` can be sent; undefined for what cannot (functions, symbols, cycles).
 * Never throws: a value whose getter does is left out.
 */
export function toLogValue(value: unknown): LogValue | undefined {
  return convert(value, []);
}

/** The own enumerable properties that can be sent. */
export function toLogFields(value: object): LogFields {
  return fieldsOf(value, [value]);
}

function convert(value: unknown, ancestors: readonly object[]): LogValue | undefined {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'bigint':
      return value;
    case 'object':
      return value === null ? null : convertObject(value, ancestors);
    default:
      return undefined;
  }
}

function convertObject(value: object, ancestors: readonly object[]): LogValue | undefined {
  try {
    if (value instanceof Uint8Array) return value;
    if (ancestors.length >= MAX_DEPTH || ancestors.includes(value)) return undefined;
    if (value instanceof Date) return value.toISOString();
    if (value instanceof Error) return value.stack ?? String(value);
    const path = [...ancestors, value];
    // A hole would shift what follows it.
    if (Array.isArray(value)) return value.map(item => convert(item, path) ?? null);
    return fieldsOf(value, path);
  } catch {
    // A revoked proxy, an invalid date: nothing can be said about it.
    return undefined;
  }
}

function fieldsOf(value: object, path: readonly object[]): LogFields {
  const fields = new LogFields();
  const keys = value instanceof Map ? value.keys() : Object.keys(value);

  for (const key of keys) {
    if (typeof key !== 'string') continue;
    const field = convert(read(value, key), path);
    if (field !== undefined) fields.add(key, field);
  }
  return fields;
}

function read(value: object, key: string): unknown {
  try {
    return value instanceof Map ? value.get(key) : Reflect.get(value, key);
  } catch {
    // The getter threw; its neighbours still count.
    return undefined;
  }
}
