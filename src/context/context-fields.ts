import { isReserved } from '../convert/field-keys.js';
import { cutText } from '../convert/limits.js';
import { LogFields, type LogValue } from '../log-record.js';

/** Every record carries them, so they are few and short. */
const MAX_FIELDS = 32;
const MAX_KEY_LENGTH = 128;
const MAX_TEXT_LENGTH = 1024;

/**
 * The fields of `object` on top of those `before`: the later value of a name holds, and null or
 * undefined takes the name away. What is no text, number or boolean is left out, and so are names
 * that records use themselves, and what is beyond the limits. Never throws.
 */
export function readContextFields(object: unknown, before: LogFields | undefined): LogFields {
  const bound = new Map<string, LogValue>();
  for (let i = 0; before !== undefined && i < before.keys.length; i++) {
    bound.set(before.keys[i]!, before.values[i]!);
  }
  for (const [key, value] of entriesOf(object)) {
    if (value === undefined || value === null) bound.delete(key);
    else if (mayBind(bound, key) && isScalar(value)) bound.set(key, shortened(value));
  }
  return new LogFields([...bound.keys()], [...bound.values()]);
}

// A getter or a proxy of the program's may throw. Fields are never worth an error in it.
function entriesOf(object: unknown): readonly (readonly [string, unknown])[] {
  if (typeof object !== 'object' || object === null) return [];
  try {
    return Object.entries(object);
  } catch {
    return [];
  }
}

function mayBind(bound: ReadonlyMap<string, LogValue>, key: string): boolean {
  if (key === '' || key.length > MAX_KEY_LENGTH || isReserved(key)) return false;
  return bound.has(key) || bound.size < MAX_FIELDS;
}

function isScalar(value: unknown): value is string | number | boolean | bigint {
  return ['string', 'number', 'boolean', 'bigint'].includes(typeof value);
}

function shortened(value: string | number | boolean | bigint): LogValue {
  return typeof value === 'string' ? cutText(value, MAX_TEXT_LENGTH) : value;
}
