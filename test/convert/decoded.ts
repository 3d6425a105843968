import { LogFields, type LoggedException, type LogValue } from '../../src/log-record.js';

/** What a receiver makes of it: OTLP has no `-1n`, no lone surrogate, no integer above 64 bits. */
export function decoded(value: LogValue): unknown {
  if (typeof value === 'string') return Buffer.from(value).toString();
  if (typeof value === 'bigint') return decodedBigInt(value);
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (value instanceof LogFields) return decodedFields(value);
  return Array.isArray(value) ? value.map(decoded) : value;
}

/** All of a record that are neither its level nor its stream. */
export function decodedAttributes(
  attributes = new LogFields(),
  exception: LoggedException | undefined,
): object {
  const all = new LogFields([...attributes.keys], [...attributes.values]);
  if (exception === undefined) return decodedFields(all);
  all.add('exception.type', exception.type);
  all.add('exception.message', exception.message);
  if (exception.stacktrace !== undefined) all.add('exception.stacktrace', exception.stacktrace);
  const { code } = exception;
  if (code !== undefined && !all.keys.includes('error.code')) all.add('error.code', code);
  return decodedFields(all);
}

// Names that differ in a lone surrogate alone become one; the last value stays.
function decodedFields({ keys, values }: LogFields): object {
  const object = {};
  for (const [index, key] of keys.entries()) {
    const value = decoded(values[index]!);
    Object.defineProperty(object, String(decoded(key)), {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return object;
}

function decodedBigInt(value: bigint): unknown {
  if (BigInt.asIntN(64, value) !== value) return String(value);
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
