import type { CallSite } from '../call-sites/call-site.js';
import { hasKey } from '../convert/field-keys.js';
import { newBuffer } from '../convert/intrinsics.js';
import { LogFields, type LogRecord, type Scope } from '../log-record.js';
import { severityText } from '../severity.js';
import { ByteRun } from './byte-run.js';
import {
  MAX_BYTES_PER_UNIT,
  maxFieldsBytes,
  maxValueBytes,
  writeField,
  writeFields,
  writeString,
  writeValue,
} from './encode-value.js';
import { ProtobufWriter } from './protobuf-writer.js';

// LogRecord → OTLP protobuf. Field numbers: opentelemetry/proto/logs/v1/logs.proto. A tag is
// `field number << 3 | wire type`.
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

const SCOPE_LOGS_SCOPE = 0x0a;
const SCOPE_LOGS_SCHEMA_URL = 0x1a;
const SCOPE_NAME = 0x0a;
const SCOPE_VERSION = 0x12;
const SCOPE_ATTRIBUTE = 0x1a;

const MAX_RUN_BYTES = 64;
/** By severity number, made when first needed. */
const stdoutKinds: (ByteRun | undefined)[] = new Array(25).fill(undefined);
const stderrKinds: (ByteRun | undefined)[] = new Array(25).fill(undefined);
const TRUNCATED = encodedOnce(writer =>
  writeField(writer, RECORD_ATTRIBUTE, 'log.truncated', true),
);

/** Bytes beside text and attributes: times, severity, ids, flags, fixed attributes, lengths. */
const RECORD_OVERHEAD_BYTES = 512;
/** Keys, numbers and lengths of `code.*`. */
const CALL_SITE_OVERHEAD_BYTES = 256;

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
  if (record.callSite !== undefined) bytes += maxCallSiteBytes(record.callSite);
  return bytes + MAX_BYTES_PER_UNIT * record.severityText.length;
}

export function encodeLogRecord(
  writer: ProtobufWriter,
  record: LogRecord,
  constants: ConstantAttributes,
): void {
  writer.byte(RECORD_TIME);
  writer.fixed64(record.timeUnixNanoHigh, record.timeUnixNanoLow);
  writer.byte(RECORD_OBSERVED_TIME);
  writer.fixed64(record.timeUnixNanoHigh, record.timeUnixNanoLow);
  if (record.body !== undefined) writeValue(writer, RECORD_BODY, record.body);
  if (record.attributes !== undefined) writeFields(writer, RECORD_ATTRIBUTE, record.attributes);
  if (record.exception !== undefined) writeException(writer, record);
  if (record.callSite !== undefined) writeCallSite(writer, record.callSite);
  writeKind(writer, record);
  if (record.isTruncated) writer.run(TRUNCATED);
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

// What all records of one level and stream have in common: a program has few such kinds.
function writeKind(writer: ProtobufWriter, record: LogRecord): void {
  const { severityNumber, severityText: text, iostream } = record;
  if (iostream === undefined || text === '' || text !== severityText(severityNumber)) {
    writeAnyKind(writer, record);
  } else {
    const kinds = iostream === 'stdout' ? stdoutKinds : stderrKinds;
    kinds[severityNumber] ??= encodedKind(record);
    writer.run(kinds[severityNumber]);
  }
}

// Apart: a function that makes a closure allocates room for what it captures, made or not.
function encodedKind(record: LogRecord): ByteRun {
  return encodedOnce(writer => writeAnyKind(writer, record));
}

function writeAnyKind(writer: ProtobufWriter, record: LogRecord): void {
  if (record.severityNumber !== 0) {
    writer.byte(RECORD_SEVERITY_NUMBER);
    writer.varint(record.severityNumber);
  }
  if (record.severityText !== '') writeString(writer, RECORD_SEVERITY_TEXT, record.severityText);
  if (record.iostream !== undefined) {
    writeField(writer, RECORD_ATTRIBUTE, 'log.iostream', record.iostream);
  }
}

function writeException(writer: ProtobufWriter, record: LogRecord): void {
  const exception = record.exception!;
  writeField(writer, RECORD_ATTRIBUTE, 'exception.type', exception.type);
  writeField(writer, RECORD_ATTRIBUTE, 'exception.message', exception.message);
  if (exception.stacktrace !== undefined) {
    writeField(writer, RECORD_ATTRIBUTE, 'exception.stacktrace', exception.stacktrace);
  }
  if (exception.code !== undefined && !hasKey(record.attributes?.keys, 'error.code')) {
    writeField(writer, RECORD_ATTRIBUTE, 'error.code', exception.code);
  }
}

function maxCallSiteBytes({ file, functionName }: CallSite): number {
  const units = file.length + (functionName?.length ?? 0);
  return CALL_SITE_OVERHEAD_BYTES + MAX_BYTES_PER_UNIT * units;
}

// https://opentelemetry.io/docs/specs/semconv/registry/attributes/code/
function writeCallSite(writer: ProtobufWriter, callSite: CallSite): void {
  const { file, line, column, functionName } = callSite;
  writeField(writer, RECORD_ATTRIBUTE, 'code.file.path', file);
  writeField(writer, RECORD_ATTRIBUTE, 'code.line.number', line);
  writeField(writer, RECORD_ATTRIBUTE, 'code.column.number', column);
  if (functionName !== undefined) {
    writeField(writer, RECORD_ATTRIBUTE, 'code.function.name', functionName);
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

function encodedOnce(write: (writer: ProtobufWriter) => void): ByteRun {
  const writer = new ProtobufWriter(newBuffer(MAX_RUN_BYTES));
  write(writer);
  return new ByteRun(writer.written());
}
