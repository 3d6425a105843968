import protobuf from 'protobufjs/light.js';
import { OTLP_DESCRIPTOR } from './otlp-descriptor.js';

/** 64-bit integers as protobufjs reads them. */
export interface WireLong {
  readonly low: number;
  readonly high: number;
}

/** A field is an own property only if it was on the wire; otherwise the prototype has its default. */
export interface WireAnyValue {
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  readonly intValue?: WireLong;
  readonly doubleValue?: number;
  readonly arrayValue?: { readonly values: readonly WireAnyValue[] };
  readonly kvlistValue?: { readonly values: readonly WireKeyValue[] };
  readonly bytesValue?: Uint8Array;
}

export interface WireKeyValue {
  readonly key: string;
  readonly value?: WireAnyValue | null;
}

export interface WireResource {
  readonly attributes: readonly WireKeyValue[];
}

export interface WireScope {
  readonly name: string;
  readonly version: string;
  readonly attributes: readonly WireKeyValue[];
}

export interface WireLogRecord {
  readonly timeUnixNano: WireLong;
  readonly observedTimeUnixNano: WireLong;
  readonly severityNumber: number;
  readonly severityText: string;
  readonly body?: WireAnyValue | null;
  readonly attributes: readonly WireKeyValue[];
  readonly droppedAttributesCount: number;
  readonly flags: number;
  readonly traceId: Uint8Array;
  readonly spanId: Uint8Array;
  readonly eventName: string;
}

export interface WireLogsRequest {
  readonly resourceLogs: readonly {
    readonly resource?: WireResource | null;
    readonly scopeLogs: readonly {
      readonly scope?: WireScope | null;
      readonly logRecords: readonly WireLogRecord[];
    }[];
  }[];
}

export interface WireSpan {
  readonly traceId: Uint8Array;
  readonly spanId: Uint8Array;
  readonly parentSpanId: Uint8Array;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: WireLong;
  readonly endTimeUnixNano: WireLong;
  readonly attributes: readonly WireKeyValue[];
  readonly status?: { readonly code: number; readonly message: string } | null;
}

export interface WireTraceRequest {
  readonly resourceSpans: readonly {
    readonly resource?: WireResource | null;
    readonly scopeSpans: readonly {
      readonly scope?: WireScope | null;
      readonly spans: readonly WireSpan[];
    }[];
  }[];
}

const root = protobuf.Root.fromJSON(OTLP_DESCRIPTOR);
const logsRequest = root.lookupType('ExportLogsServiceRequest');
const traceRequest = root.lookupType('ExportTraceServiceRequest');

/** Throws if the bytes are not such a message. */
export function readLogsRequest(body: Uint8Array): WireLogsRequest {
  return logsRequest.decode(body) as unknown as WireLogsRequest;
}

/** Throws if the bytes are not such a message. */
export function readTraceRequest(body: Uint8Array): WireTraceRequest {
  return traceRequest.decode(body) as unknown as WireTraceRequest;
}

/** For reading other forms of a message. */
export function messageType(name: keyof (typeof OTLP_DESCRIPTOR)['nested']): protobuf.Type {
  return root.lookupType(name);
}

/**
 * Any message of the descriptor, by name, from protobufjs's plain-object form. For answers, and for
 * tests that play the sender.
 */
export function encodeMessage(
  name: keyof (typeof OTLP_DESCRIPTOR)['nested'],
  fields: Readonly<Record<string, unknown>>,
): Uint8Array {
  const type = root.lookupType(name);
  return type.encode(type.fromObject(fields)).finish();
}

// resource_logs, scope_logs, log_records; those of spans and metrics have the same numbers.
const RECORD_PATH = [1, 2, 2] as const;

/** How many log records, spans or metrics a request holds, without reading them. Throws if it is cut short. */
export function countRecords(body: Uint8Array): number {
  const reader = protobuf.Reader.create(body);
  return countAt(reader, reader.len, RECORD_PATH);
}

const LENGTH_DELIMITED = 2;

function countAt(reader: protobuf.Reader, end: number, path: readonly number[]): number {
  const [field, ...rest] = path;
  let count = 0;

  while (reader.pos < end) {
    const tag = reader.uint32();
    if (tag >>> 3 !== field || (tag & 7) !== LENGTH_DELIMITED) {
      reader.skipType(tag & 7);
      continue;
    }

    const childEnd = reader.uint32() + reader.pos;
    if (childEnd > end) throw new RangeError('A message is longer than what holds it.');
    count += rest.length === 0 ? 1 : countAt(reader, childEnd, rest);
    reader.pos = childEnd;
  }

  if (reader.pos !== end) throw new RangeError('A field is longer than its message.');
  return count;
}
