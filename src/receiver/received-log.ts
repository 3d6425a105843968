import {
  type PlainFields,
  type PlainValue,
  repeatedKeys,
  toHex,
  toPlainFields,
  toPlainValue,
  toUnsigned,
} from './any-value.js';
import {
  readLogsRequest,
  type WireLogRecord,
  type WireLogsRequest,
  type WireScope,
} from './otlp-messages.js';

export interface ReceivedScope {
  readonly name: string;
  readonly version: string;
  readonly attributes: PlainFields;
}

/** One log record as it arrived, with the scope and resource it came under. */
export interface ReceivedLog {
  readonly timeUnixNano: bigint;
  readonly observedTimeUnixNano: bigint;
  readonly severityNumber: number;
  readonly severityText: string;
  readonly body: PlainValue;
  readonly attributes: PlainFields;
  /** Attribute keys sent more than once, which OTLP forbids. */
  readonly repeatedKeys: readonly string[];
  readonly droppedAttributesCount: number;
  /** Hexadecimal, or an empty string. */
  readonly traceId: string;
  readonly spanId: string;
  readonly flags: number;
  readonly eventName: string;
  readonly scope: ReceivedScope;
  readonly resource: PlainFields;
}

/** Throws if the bytes are not an `ExportLogsServiceRequest`. */
export function decodeLogs(body: Uint8Array): ReceivedLog[] {
  return logsOf(readLogsRequest(body));
}

export function logsOf({ resourceLogs }: WireLogsRequest): ReceivedLog[] {
  const records: ReceivedLog[] = [];
  for (const { resource: wireResource, scopeLogs } of resourceLogs) {
    const resource = toPlainFields(wireResource?.attributes ?? []);
    for (const { scope: wireScope, logRecords } of scopeLogs) {
      const scope = toScope(wireScope);
      for (const record of logRecords) records.push(toLog(record, scope, resource));
    }
  }
  return records;
}

export function toScope(scope: WireScope | null | undefined): ReceivedScope {
  return {
    name: scope?.name ?? '',
    version: scope?.version ?? '',
    attributes: toPlainFields(scope?.attributes ?? []),
  };
}

function toLog(record: WireLogRecord, scope: ReceivedScope, resource: PlainFields): ReceivedLog {
  return {
    timeUnixNano: toUnsigned(record.timeUnixNano),
    observedTimeUnixNano: toUnsigned(record.observedTimeUnixNano),
    severityNumber: record.severityNumber,
    severityText: record.severityText,
    body: toPlainValue(record.body),
    attributes: toPlainFields(record.attributes),
    repeatedKeys: repeatedKeys(record.attributes),
    droppedAttributesCount: record.droppedAttributesCount,
    traceId: toHex(record.traceId),
    spanId: toHex(record.spanId),
    flags: record.flags,
    eventName: record.eventName,
    scope,
    resource,
  };
}
