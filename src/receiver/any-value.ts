import type { WireAnyValue, WireKeyValue, WireLong } from './otlp-messages.js';

/** Numbers where they are exact, else bigint; a value that is not set is null. */
export type PlainValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | Uint8Array
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue };

export type PlainFields = Readonly<Record<string, PlainValue>>;

export function toPlainValue(value: WireAnyValue | null | undefined): PlainValue {
  if (!value) return null;
  if (has(value, 'stringValue')) return value.stringValue!;
  if (has(value, 'boolValue')) return value.boolValue!;
  if (has(value, 'intValue')) return toSafeNumber(toSigned(value.intValue!));
  if (has(value, 'doubleValue')) return value.doubleValue!;
  if (has(value, 'arrayValue')) return value.arrayValue!.values.map(toPlainValue);
  if (has(value, 'kvlistValue')) return toPlainFields(value.kvlistValue!.values);
  if (has(value, 'bytesValue')) return value.bytesValue!;
  return null;
}

/** Of two fields with one key the last wins, as with most back ends: see {@link repeatedKeys}. */
export function toPlainFields(list: readonly WireKeyValue[]): PlainFields {
  const fields = {};
  for (const { key, value } of list) {
    // Assigning to `__proto__` would set the prototype and lose the field.
    Object.defineProperty(fields, key, {
      value: toPlainValue(value),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return fields;
}

/** Keys that occur more than once, which OTLP forbids. */
export function repeatedKeys(list: readonly WireKeyValue[]): readonly string[] {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { key } of list) (seen.has(key) ? repeated : seen).add(key);
  return [...repeated];
}

export function toUnsigned({ low, high }: WireLong): bigint {
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

export function toSigned(long: WireLong): bigint {
  return BigInt.asIntN(64, toUnsigned(long));
}

function toSafeNumber(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

// The prototype of a protobufjs message has a default for each field: only own ones were sent.
function has(value: WireAnyValue, field: keyof WireAnyValue): boolean {
  return Object.hasOwn(value, field);
}
