import type { SpanIds } from '../log-record.js';
import { MAX_BYTES_PER_UNIT, maxFieldsBytes, writeFields, writeString } from './encode-value.js';
import type { ProtobufWriter } from './protobuf-writer.js';
import type { SpanEvent, SpanLink, SpanRecord, UnixNano } from './span-record.js';

// SpanRecord → OTLP protobuf. Field numbers: opentelemetry/proto/trace/v1/trace.proto. A tag is
// `field number << 3 | wire type`.
// https://github.com/open-telemetry/opentelemetry-proto/tree/v1.8.0/opentelemetry/proto

const SPAN_TRACE_ID = 0x0a;
const SPAN_SPAN_ID = 0x12;
const SPAN_TRACE_STATE = 0x1a;
const SPAN_PARENT_SPAN_ID = 0x22;
const SPAN_NAME = 0x2a;
const SPAN_KIND = 0x30;
const SPAN_START_TIME = 0x39;
const SPAN_END_TIME = 0x41;
const SPAN_ATTRIBUTE = 0x4a;
const SPAN_DROPPED_ATTRIBUTES = 0x50;
const SPAN_EVENT = 0x5a;
const SPAN_DROPPED_EVENTS = 0x60;
const SPAN_LINK = 0x6a;
const SPAN_DROPPED_LINKS = 0x70;
const SPAN_STATUS = 0x7a;
/** Of a field number above 15, a tag takes two bytes: 16 << 3 | 5. */
const SPAN_FLAGS = [0x85, 0x01] as const;

const EVENT_TIME = 0x09;
const EVENT_NAME = 0x12;
const EVENT_ATTRIBUTE = 0x1a;
const EVENT_DROPPED_ATTRIBUTES = 0x20;

const LINK_TRACE_ID = 0x0a;
const LINK_SPAN_ID = 0x12;
const LINK_TRACE_STATE = 0x1a;
const LINK_ATTRIBUTE = 0x22;
const LINK_DROPPED_ATTRIBUTES = 0x28;
const LINK_FLAGS = 0x35;

const STATUS_MESSAGE = 0x12;
const STATUS_CODE = 0x18;

/** Bits 8 and 9 of the flags: whether parent or link is remote is known, and whether it is. */
const HAS_IS_REMOTE = 0x100;
const IS_REMOTE = 0x200;

/** Beside text and attributes: ids, times, counts, lengths. */
const SPAN_OVERHEAD_BYTES = 256;
const PART_OVERHEAD_BYTES = 96;

/** An upper bound of what `encodeSpan` will write. */
export function maxSpanBytes(span: SpanRecord): number {
  let bytes = SPAN_OVERHEAD_BYTES + maxFieldsBytes(span.attributes);
  bytes += textBytes(span.name) + textBytes(span.traceState) + textBytes(span.statusMessage);
  const { events, links } = span;
  for (let i = 0; i < events.length; i++) {
    const { name, attributes } = events[i]!;
    bytes += PART_OVERHEAD_BYTES + textBytes(name) + maxFieldsBytes(attributes);
  }
  for (let i = 0; i < links.length; i++) {
    const { traceState, attributes } = links[i]!;
    bytes += PART_OVERHEAD_BYTES + textBytes(traceState) + maxFieldsBytes(attributes);
  }
  return bytes;
}

export function encodeSpan(writer: ProtobufWriter, span: SpanRecord): void {
  writeIds(writer, SPAN_TRACE_ID, SPAN_SPAN_ID, span.span);
  writeText(writer, SPAN_TRACE_STATE, span.traceState);
  if (span.parentSpanId !== undefined) {
    writer.byte(SPAN_PARENT_SPAN_ID);
    writer.hex(span.parentSpanId);
  }
  writeString(writer, SPAN_NAME, span.name);
  writer.byte(SPAN_KIND);
  writer.varint(span.kind);
  writeTime(writer, SPAN_START_TIME, span.start);
  writeTime(writer, SPAN_END_TIME, span.end);
  writeFields(writer, SPAN_ATTRIBUTE, span.attributes);
  writeCount(writer, SPAN_DROPPED_ATTRIBUTES, span.droppedAttributes);
  const { events, links } = span;
  for (let i = 0; i < events.length; i++) writeEvent(writer, events[i]!);
  writeCount(writer, SPAN_DROPPED_EVENTS, span.droppedEvents);
  for (let i = 0; i < links.length; i++) writeLink(writer, links[i]!);
  writeCount(writer, SPAN_DROPPED_LINKS, span.droppedLinks);
  writeStatus(writer, span);
  for (let i = 0; i < SPAN_FLAGS.length; i++) writer.byte(SPAN_FLAGS[i]!);
  writer.fixed32(flagsOf(span.span, span.isParentRemote));
}

function writeEvent(writer: ProtobufWriter, event: SpanEvent): void {
  writer.byte(SPAN_EVENT);
  const start = writer.begin();
  writeTime(writer, EVENT_TIME, event.time);
  writeString(writer, EVENT_NAME, event.name);
  writeFields(writer, EVENT_ATTRIBUTE, event.attributes);
  writeCount(writer, EVENT_DROPPED_ATTRIBUTES, event.droppedAttributes);
  writer.end(start);
}

function writeLink(writer: ProtobufWriter, link: SpanLink): void {
  writer.byte(SPAN_LINK);
  const start = writer.begin();
  writeIds(writer, LINK_TRACE_ID, LINK_SPAN_ID, link.span);
  writeText(writer, LINK_TRACE_STATE, link.traceState);
  writeFields(writer, LINK_ATTRIBUTE, link.attributes);
  writeCount(writer, LINK_DROPPED_ATTRIBUTES, link.droppedAttributes);
  writer.byte(LINK_FLAGS);
  writer.fixed32(flagsOf(link.span, link.isRemote));
  writer.end(start);
}

function writeStatus(writer: ProtobufWriter, { statusCode, statusMessage }: SpanRecord): void {
  if (statusCode === 0) return;
  writer.byte(SPAN_STATUS);
  const start = writer.begin();
  writeText(writer, STATUS_MESSAGE, statusMessage);
  writer.byte(STATUS_CODE);
  writer.varint(statusCode);
  writer.end(start);
}

function writeIds(
  writer: ProtobufWriter,
  traceTag: number,
  spanTag: number,
  { traceId, spanId }: SpanIds,
): void {
  writer.byte(traceTag);
  writer.hex(traceId);
  writer.byte(spanTag);
  writer.hex(spanId);
}

function flagsOf({ traceFlags }: SpanIds, isRemote: boolean): number {
  return (traceFlags & 0xff) | HAS_IS_REMOTE | (isRemote ? IS_REMOTE : 0);
}

function writeText(writer: ProtobufWriter, tag: number, text: string | undefined): void {
  if (text !== undefined && text !== '') writeString(writer, tag, text);
}

function writeTime(writer: ProtobufWriter, tag: number, { high, low }: UnixNano): void {
  writer.byte(tag);
  writer.fixed64(high, low);
}

function writeCount(writer: ProtobufWriter, tag: number, count: number): void {
  if (count === 0) return;
  writer.byte(tag);
  writer.varint(count);
}

function textBytes(text: string | undefined): number {
  return text === undefined ? 0 : MAX_BYTES_PER_UNIT * text.length;
}
