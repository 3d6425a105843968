import { isArray, isSafeInteger, isSame } from '../convert/intrinsics.js';
import { isLogFields, type LogFields, type LogValue } from '../log-record.js';
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
    writeKey(writer, keys[i]!, i);
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
  writeKey(writer, key, 0);
  writeValue(writer, FIELD_VALUE, value);
  writer.end(start);
}

function writeKey(writer: ProtobufWriter, key: string, place: number): void {
  const known = knownKey(key, place);
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
  if (isSafeInteger(value) && !isSame(value, -0)) {
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
    writeString(writer, VALUE_STRING, `${value}`);
  }
}

function writeObject(
  writer: ProtobufWriter,
  value: Uint8Array | readonly LogValue[] | LogFields,
): void {
  if (isLogFields(value)) {
    writer.byte(VALUE_FIELDS);
    const start = writer.begin();
    writeFields(writer, LIST_ITEM, value);
    writer.end(start);
  } else if (isArray(value)) writeList(writer, value);
  else {
    writer.byte(VALUE_BYTES);
    writer.lengthPrefixed(value as Uint8Array);
  }
}

function writeList(writer: ProtobufWriter, list: readonly LogValue[]): void {
  writer.byte(VALUE_ARRAY);
  const start = writer.begin();
  for (let i = 0; i < list.length; i++) writeValue(writer, LIST_ITEM, list[i]!);
  writer.end(start);
}

/** An upper bound of what `writeValue` will write. */
export function maxValueBytes(value: LogValue): number {
  if (typeof value === 'string') return VALUE_OVERHEAD_BYTES + MAX_BYTES_PER_UNIT * value.length;
  if (typeof value === 'bigint') return VALUE_OVERHEAD_BYTES + `${value}`.length;
  if (typeof value !== 'object' || value === null) return VALUE_OVERHEAD_BYTES;
  if (isLogFields(value)) return VALUE_OVERHEAD_BYTES + maxFieldsBytes(value);
  if (!isArray(value)) return VALUE_OVERHEAD_BYTES + (value as Uint8Array).length;

  const list = value as readonly LogValue[];
  let bytes = VALUE_OVERHEAD_BYTES;
  for (let i = 0; i < list.length; i++) bytes += maxValueBytes(list[i]!);
  return bytes;
}
