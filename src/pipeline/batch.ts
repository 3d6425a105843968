import { ProtobufWriter, varintSize } from './protobuf-writer.js';
import type { QueuedRecord } from './queue.js';

// Encoded records → one ExportLogsServiceRequest. Field numbers:
// opentelemetry/proto/collector/logs/v1/logs_service.proto and logs/v1/logs.proto.

const REQUEST_RESOURCE_LOGS = 0x0a;
const RESOURCE_LOGS_RESOURCE = 0x0a;
const RESOURCE_LOGS_SCOPE_LOGS = 0x12;
const SCOPE_LOGS_RECORD = 0x12;

/** What one request carries. */
export interface Batch {
  readonly records: readonly QueuedRecord[];
  readonly body: Buffer;
}

/** @param resource An encoded `Resource`. */
export function encodeBatch(records: readonly QueuedRecord[], resource: Uint8Array): Batch {
  const groups = groupByScope(records);
  const scopeLogsSizes = groups.map(group => scopeLogsBytes(group));
  let resourceLogsBytes = fieldBytes(resource.length);
  for (const size of scopeLogsSizes) resourceLogsBytes += fieldBytes(size);

  const body = Buffer.allocUnsafe(fieldBytes(resourceLogsBytes));
  const writer = new ProtobufWriter(body);
  writer.byte(REQUEST_RESOURCE_LOGS);
  writer.varint(resourceLogsBytes);
  writer.byte(RESOURCE_LOGS_RESOURCE);
  writer.lengthPrefixed(resource);
  groups.forEach((group, index) => {
    writer.byte(RESOURCE_LOGS_SCOPE_LOGS);
    writer.varint(scopeLogsSizes[index]!);
    writer.raw(group[0]!.scope);
    for (const record of group) {
      writer.byte(SCOPE_LOGS_RECORD);
      writer.lengthPrefixed(record.payload);
    }
  });
  return { records, body };
}

/** Never empty groups; within one, the order of the records. */
function groupByScope(records: readonly QueuedRecord[]): QueuedRecord[][] {
  const groups = new Map<Uint8Array, QueuedRecord[]>();
  for (const record of records) {
    const group = groups.get(record.scope);
    if (group === undefined) groups.set(record.scope, [record]);
    else group.push(record);
  }
  return [...groups.values()];
}

function scopeLogsBytes(group: readonly QueuedRecord[]): number {
  let bytes = group[0]!.scope.length;
  for (const record of group) bytes += fieldBytes(record.payload.length);
  return bytes;
}

/** Of a length-delimited field: tag, length, content. */
function fieldBytes(contentBytes: number): number {
  return 1 + varintSize(contentBytes) + contentBytes;
}
