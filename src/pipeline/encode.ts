import { LogFields, type LogRecord, type LogValue, type Scope } from '../log-record.js';
import type { ProtobufWriter } from './protobuf-writer.js';

// LogRecord → OTLP protobuf. Field numbers: opentelemetry/proto/logs/v1/logs.proto and
// common/v1/common.proto. A tag is `field number << 3 | wire type`.
// https://github.com/open-telemetry/opentelemetry-proto/tree/v1.8.0/opentelemetry/proto

const RECORD_TIME = 0x09;
const RECORD_SEVERITY_NUMBER = 0x10;
const RECORD_SEVERITY_TEXT = 0x1a;
const RECORD_BODY = 0x2a;
export const RECORD_ATTRIBUTE = 0x32;
const RECORD_DROPPED_ATTRIBUTES = 0x38;
const RECORD_FLAGS = 0x45;
const RECORD_TRACE_ID = 0x4a;
const RECORD_SPAN_ID = 0x52;
const RECORD_OBSERVED_TIME = 0x59;
const RECORD_EVENT_NAME = 0x62;

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

const SCOPE_LOGS_SCOPE = 0x0a;
const SCOPE_LOGS_SCHEMA_URL = 0x1a;
const SCOPE_NAME = 0x0a;
const SCOPE_VERSION = 0x12;
const SCOPE_ATTRIBUTE = 0x1a;

const IOSTREAM_STDOUT = encodedAttribute('log.iostream', 'stdout');
const IOSTREAM_STDERR = encodedAttribute('log.iostream', 'stderr');
const TRUNCATED = Buffer.from([
  RECORD_ATTRIBUTE,
  19,
  FIELD_KEY,
  13,
  ...Buffer.from('log.truncated'),
  FIELD_VALUE,
  2,
  VALUE_BOOL,
  1,
]);

/** Bytes beside text and attributes: times, severity, ids, flags, fixed attributes, lengths. */
const RECORD_OVERHEAD_BYTES = 512;
/** Tags and lengths of one value and its key. */
const VALUE_OVERHEAD_BYTES = 32;
/** Of UTF-8, for one UTF-16 unit. */
const MAX_BYTES_PER_UNIT = 3;

const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;

/** Attributes every record of this thread carries, encoded once. */
export type ConstantAttributes = Uint8Array;

export function encodeConstantAttributes(fields: LogFields, writer: ProtobufWriter): void {
  writeFields(writer, RECORD_ATTRIBUTE, fields);
}

/** An upper bound of what `encodeLogRecord` will write. */
export function maxLogRecordBytes(record: LogRecord, constants: ConstantAttributes): number {
  let bytes = RECORD_OVERHEAD_BYTES + constants.length;
  if (record.body !== undefined) bytes += maxValueBytes(record.body);
  if (record.attributes !== undefined) bytes += maxFieldsBytes(record.attributes);
  const exception = record.exception;
  if (exception !== undefined) {
    bytes +=
      256 +
      MAX_BYTES_PER_UNIT *
        (exception.type.length +
          exception.message.length +
          (exception.stacktrace?.length ?? 0) +
          (exception.code?.length ?? 0));
  }
  if (record.eventName !== undefined) bytes += MAX_BYTES_PER_UNIT * record.eventName.length;
  return bytes + MAX_BYTES_PER_UNIT * record.severityText.length;
}

export function encodeLogRecord(
  writer: ProtobufWriter,
  record: LogRecord,
  constants: ConstantAttributes,
): void {
  writer.byte(RECORD_TIME);
  writer.fixed32(record.timeUnixNanoLow);
  writer.fixed32(record.timeUnixNanoHigh);
  writer.byte(RECORD_OBSERVED_TIME);
  writer.fixed32(record.timeUnixNanoLow);
  writer.fixed32(record.timeUnixNanoHigh);
  if (record.severityNumber !== 0) {
    writer.byte(RECORD_SEVERITY_NUMBER);
    writer.varint(record.severityNumber);
  }
  if (record.severityText !== '') writeString(writer, RECORD_SEVERITY_TEXT, record.severityText);
  if (record.body !== undefined) writeValue(writer, RECORD_BODY, record.body);
  if (record.attributes !== undefined) writeFields(writer, RECORD_ATTRIBUTE, record.attributes);
  if (record.exception !== undefined) writeException(writer, record);
  if (record.iostream === 'stdout') writer.raw(IOSTREAM_STDOUT);
  else if (record.iostream === 'stderr') writer.raw(IOSTREAM_STDERR);
  if (record.isTruncated) writer.raw(TRUNCATED);
  if (constants.length > 0) writer.raw(constants);
  if (record.droppedAttributes) {
    writer.byte(RECORD_DROPPED_ATTRIBUTES);
    writer.varint(record.droppedAttributes);
  }
  if (record.span !== undefined) writeSpan(writer, record);
  if (record.eventName !== undefined) writeString(writer, RECORD_EVENT_NAME, record.eventName);
}

export function maxScopeBytes(scope: Scope): number {
  const units = scope.name.length + (scope.version?.length ?? 0) + (scope.schemaUrl?.length ?? 0);
  return 64 + MAX_BYTES_PER_UNIT * units + maxFieldsBytes(scope.attributes ?? new LogFields());
}

/** The fields of `ScopeLogs` that are not records: scope and schema URL. */
export function encodeScope(writer: ProtobufWriter, scope: Scope): void {
  writer.byte(SCOPE_LOGS_SCOPE);
  const start = writer.begin();
  writeString(writer, SCOPE_NAME, scope.name);
  if (scope.version !== undefined) writeString(writer, SCOPE_VERSION, scope.version);
  if (scope.attributes !== undefined) writeFields(writer, SCOPE_ATTRIBUTE, scope.attributes);
  writer.end(start);
  if (scope.schemaUrl !== undefined) {
    writeString(writer, SCOPE_LOGS_SCHEMA_URL, scope.schemaUrl);
  }
}

/** `fields` as repeated KeyValue under `tag`. */
export function writeFields(writer: ProtobufWriter, tag: number, fields: LogFields): void {
  const { keys, values } = fields;
  for (let i = 0; i < keys.length; i++) {
    writer.byte(tag);
    const start = writer.begin();
    writeString(writer, FIELD_KEY, keys[i]!);
    writeValue(writer, FIELD_VALUE, values[i]!);
    writer.end(start);
  }
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

function writeException(writer: ProtobufWriter, record: LogRecord): void {
  const exception = record.exception!;
  writeTextAttribute(writer, 'exception.type', exception.type);
  writeTextAttribute(writer, 'exception.message', exception.message);
  if (exception.stacktrace !== undefined) {
    writeTextAttribute(writer, 'exception.stacktrace', exception.stacktrace);
  }
  if (exception.code !== undefined && !record.attributes?.keys.includes('error.code')) {
    writeTextAttribute(writer, 'error.code', exception.code);
  }
}

function writeSpan(writer: ProtobufWriter, record: LogRecord): void {
  const span = record.span!;
  writer.byte(RECORD_FLAGS);
  writer.fixed32(span.traceFlags & 0xff);
  writer.byte(RECORD_TRACE_ID);
  writer.hex(span.traceId);
  writer.byte(RECORD_SPAN_ID);
  writer.hex(span.spanId);
}

function writeTextAttribute(writer: ProtobufWriter, key: string, text: string): void {
  writer.byte(RECORD_ATTRIBUTE);
  const start = writer.begin();
  writeString(writer, FIELD_KEY, key);
  writeValue(writer, FIELD_VALUE, text);
  writer.end(start);
}

function writeString(writer: ProtobufWriter, tag: number, text: string): void {
  writer.byte(tag);
  writer.string(text);
}

// Each value is an AnyValue message of its own; an empty one stands for null.
function writeValue(writer: ProtobufWriter, tag: number, value: LogValue): void {
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
  writer.byte(value instanceof LogFields ? VALUE_FIELDS : VALUE_ARRAY);
  const start = writer.begin();
  if (value instanceof LogFields) writeFields(writer, LIST_ITEM, value);
  else for (const item of value) writeValue(writer, LIST_ITEM, item);
  writer.end(start);
}

function maxValueBytes(value: LogValue): number {
  if (typeof value === 'string') return VALUE_OVERHEAD_BYTES + MAX_BYTES_PER_UNIT * value.length;
  if (typeof value === 'bigint') return VALUE_OVERHEAD_BYTES + value.toString().length;
  if (typeof value !== 'object' || value === null) return VALUE_OVERHEAD_BYTES;
  if (value instanceof Uint8Array) return VALUE_OVERHEAD_BYTES + value.length;
  if (value instanceof LogFields) return VALUE_OVERHEAD_BYTES + maxFieldsBytes(value);

  let bytes = VALUE_OVERHEAD_BYTES;
  for (const item of value) bytes += maxValueBytes(item);
  return bytes;
}

function encodedAttribute(key: string, text: string): Buffer {
  const value = [VALUE_STRING, text.length, ...Buffer.from(text)];
  const field = [FIELD_KEY, key.length, ...Buffer.from(key), FIELD_VALUE, value.length, ...value];
  return Buffer.from([RECORD_ATTRIBUTE, field.length, ...field]);
}
