import type protobuf from 'protobufjs/light.js';
import { messageType, type WireLogsRequest, type WireTraceRequest } from './otlp-messages.js';

/**
 * Requests in OTLP's JSON, as the messages that protobuf gives: they are read further the same way.
 * All of them throw if the text is no such request.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
export function readLogsJson(text: string): WireLogsRequest {
  return toMessage(messageType('ExportLogsServiceRequest'), JSON.parse(text)) as WireLogsRequest;
}

export function readTraceJson(text: string): WireTraceRequest {
  return toMessage(messageType('ExportTraceServiceRequest'), JSON.parse(text)) as WireTraceRequest;
}

/** How many metrics there are. */
export function countMetricsJson(text: string): number {
  const { resourceMetrics } = toMessage(
    messageType('ExportMetricsServiceRequest'),
    JSON.parse(text),
  ) as { resourceMetrics: { scopeMetrics: { metrics: unknown[] }[] }[] };
  const scopes = resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics);
  return scopes.reduce((sum, { metrics }) => sum + metrics.length, 0);
}

// Fields that are unknown are ignored, null is what is not set, everything else has to be right.
function toMessage(type: protobuf.Type, json: unknown): unknown {
  const object = asObject(json);
  const fields: Record<string, unknown> = {};
  for (const field of type.fieldsArray) {
    const { name } = field;
    const value = Object.hasOwn(object, name) ? object[name] : null;
    if (value === null) continue;
    const convert = converter(field);
    fields[name] = field.repeated ? asArray(value).map(convert) : convert(value);
  }
  return type.create(fields);
}

const HEX_FIELDS: readonly string[] = ['traceId', 'spanId', 'parentSpanId'];

function converter(field: protobuf.Field): (value: unknown) => unknown {
  const { resolvedType, type, name } = field.resolve();
  if (resolvedType) return value => toMessage(resolvedType as protobuf.Type, value);
  switch (type) {
    case 'string':
      return asString;
    case 'bool':
      return value => value === true;
    case 'bytes':
      return value => Buffer.from(asString(value), HEX_FIELDS.includes(name) ? 'hex' : 'base64');
    case 'int64':
    case 'fixed64':
    case 'sfixed64':
      return toLong;
    default:
      return toNumber;
  }
}

// As a decimal string, because JSON's numbers are not wide enough; many senders use numbers anyway.
function toLong(value: unknown): { low: number; high: number } {
  if (typeof value !== 'string' && typeof value !== 'number') throw notA('64-bit integer', value);
  const bits = BigInt.asUintN(64, BigInt(value));
  return { low: Number(bits & 0xffff_ffffn), high: Number(bits >> 32n) };
}

function toNumber(value: unknown): number {
  const number = typeof value === 'string' && value !== 'NaN' ? Number(value) : value;
  if (number === 'NaN') return Number.NaN;
  if (typeof number !== 'number' || Number.isNaN(number)) throw notA('number', value);
  return number;
}

function asString(value: unknown): string {
  if (typeof value !== 'string') throw notA('string', value);
  return value;
}

function asArray(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw notA('list', value);
  return value;
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw notA('object', value);
  return value as Readonly<Record<string, unknown>>;
}

function notA(kind: string, value: unknown): TypeError {
  return new TypeError(`${String(JSON.stringify(value)).slice(0, 40)} is no ${kind}`);
}
