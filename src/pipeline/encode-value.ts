import { isArray } from '../convert/intrinsics.js';
import type { LogFields, LogValue } from '../log-record.js';
import { knownKey, rememberKey } from './known-keys.js';
import type { ProtobufWriter } from './protobuf-writer.js';

// LogValue → OTLP `AnyValue`, and LogFields → `KeyValue`s: opentelemetry/proto/common/v1/common.proto.
// A tag is `field number << 3 | wire type`.
// https://github.com/open-telemetry/opentelemetry-proto/tree/v1.8.0/opentelemetry/proto

const VALUE_STRING = 0x0a;
const VALUE_BOOL = 0x10;
const VALUE_INT = 0x18;
const VALUE_DOUBLE = 0x21;
const VALUE_ARRAY = 0x2a;
const VALUE_FIELDS = 0x32;
const VALUE_BYTES = 0x3a;

const FIELD_KEY = 0x0a;
const FIELD_VALUE = 0x12;
/** `values` of both ArrayValue and KeyValueList. */
const LIST_ITEM = 0x0a;

/** Tags and lengths of one value and its key. */
const VALUE_OVERHEAD_BYTES = 32;
/** Of UTF-8, for one UTF-16 unit. */
export const MAX_BYTES_PER_UNIT = 3;

const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;

/**
 * `fields` as repeated `KeyValue` under `tag`. Not by `writeField`: most of the time goes here, and
 * the engine inlines less of it behind one call more (Node 20: 5 % of what a call costs).
 */
export function writeFields(writer: ProtobufWriter, tag: number, fields: LogFields): void {
  const { keys, values } = fields;
  for (let i = 0; i < keys.length; i++) {
    writer.byte(tag);
    const start = writer.begin();
    writeKey(writer, keys[i]!);
    writeValue(writer, FIELD_VALUE, values[i]!);
    writer.end(start);
  }
}

/** One `KeyValue` under `tag`. */
export function writeField(
  writer: ProtobufWriter,
  tag: number,
  key: string,
  value: LogValue,
): void {
  writer.byte(tag);
  const start = writer.begin();
  writeKey(writer, key);
  writeValue(writer, FIELD_VALUE, value);
  writer.end(start);
}

function writeKey(writer: ProtobufWriter, key: string): void {
  const known = knownKey(key);
  if (known !== undefined) writer.run(known);
  else writeNewKey(writer, key);
}

function writeNewKey(writer: ProtobufWriter, key: string): void {
  const start = writer.position;
  writeString(writer, FIELD_KEY, key);
  rememberKey(key, writer, start);
}

export function maxFieldsBytes(fields: LogFields): number {
  const { keys, values } = fields;
  let bytes = 0;
  for (let i = 0; i < keys.length; i++) {
    bytes +=
      VALUE_OVERHEAD_BYTES + MAX_BYTES_PER_UNIT * keys[i]!.length + maxValueBytes(values[i]!);
  }
  return bytes;
}

export function writeString(writer: ProtobufWriter, tag: number, text: string): void {
  writer.byte(tag);
  writer.string(text);
}

/** As an `AnyValue` message of its own; an empty one stands for null. */
export function writeValue(writer: ProtobufWriter, tag: number, value: LogValue): void {
  writer.byte(tag);
  const start = writer.begin();
  if (typeof value === 'string') writeString(writer, VALUE_STRING, value);
  else if (typeof value === 'number') writeNumber(writer, value);
  else if (typeof value === 'boolean') {
    writer.byte(VALUE_BOOL);
    writer.byte(value ? 1 : 0);
  } else if (typeof value === 'bigint') writeBigInt(writer, value);
  else if (value !== null) writeObject(writer, value);
  writer.end(start);
}

function writeNumber(writer: ProtobufWriter, value: number): void {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
    writer.byte(VALUE_INT);
    writer.int64(value);
  } else {
    writer.byte(VALUE_DOUBLE);
    writer.double(value);
  }
}

// What does not fit 64 bits keeps its digits as text.
function writeBigInt(writer: ProtobufWriter, value: bigint): void {
  if (value >= MIN_INT64 && value <= MAX_INT64) {
    writer.byte(VALUE_INT);
    writer.int64(value);
  } else {
    writeString(writer, VALUE_STRING, value.toString());
  }
}

function writeObject(
  writer: ProtobufWriter,
  value: Uint8Array | readonly LogValue[] | LogFields,
): void {
  if (value instanceof Uint8Array) {
    writer.byte(VALUE_BYTES);
    writer.lengthPrefixed(value);
    return;
  }
  // Not by the class of fields: a bundle that makes records has a copy of its own.
  const isList = isArray(value);
  writer.byte(isList ? VALUE_ARRAY : VALUE_FIELDS);
  const start = writer.begin();
  if (isList) for (const item of value as readonly LogValue[]) writeValue(writer, LIST_ITEM, item);
  else writeFields(writer, LIST_ITEM, value as LogFields);
  writer.end(start);
}

/** An upper bound of what `writeValue` will write. */
export function maxValueBytes(value: LogValue): number {
  if (typeof value === 'string') return VALUE_OVERHEAD_BYTES + MAX_BYTES_PER_UNIT * value.length;
  if (typeof value === 'bigint') return VALUE_OVERHEAD_BYTES + value.toString().length;
  if (typeof value !== 'object' || value === null) return VALUE_OVERHEAD_BYTES;
  if (value instanceof Uint8Array) return VALUE_OVERHEAD_BYTES + value.length;
  if (!isArray(value)) return VALUE_OVERHEAD_BYTES + maxFieldsBytes(value as LogFields);

  let bytes = VALUE_OVERHEAD_BYTES;
  for (const item of value as readonly LogValue[]) bytes += maxValueBytes(item);
  return bytes;
}
