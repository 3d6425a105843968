import { LogFields } from '../log-record.js';
import { RECORD_ATTRIBUTE } from './encode.js';
import { maxFieldsBytes, writeFields } from './encode-value.js';
import { ProtobufWriter, varintSize } from './protobuf-writer.js';
import type { RecordList } from './record-list.js';

// Encoded records → one ExportLogsServiceRequest. Field numbers:
// opentelemetry/proto/collector/logs/v1/logs_service.proto and logs/v1/logs.proto.

const REQUEST_RESOURCE_LOGS = 0x0a;
const RESOURCE_LOGS_RESOURCE = 0x0a;
const RESOURCE_LOGS_SCOPE_LOGS = 0x12;
const SCOPE_LOGS_RECORD = 0x12;

const NONE = new Uint8Array(0);

/** Grows in steps of this, so that batches of nearly the same size share one buffer. */
const BODY_STEP_BYTES = 64 * 1024;

/** What the records of one scope take, and a chain through them. */
interface ScopeGroup {
  readonly scope: Uint8Array;
  readonly first: number;
  last: number;
  /** Of the encoded `ScopeLogs`. */
  bytes: number;
}

/** Encodes one batch at a time, all in the same buffer. */
export class BatchEncoder {
  #buffer = Buffer.alloc(0);
  /** By record, the next one of the same scope; 0 after the last. */
  #next = new Uint32Array(0);

  /**
   * @param from First record of the list to take, and `to` the first one not to.
   * @param resource An encoded `Resource`.
   * @returns A view that holds until the next call.
   */
  encode(records: RecordList, from: number, to: number, resource: Uint8Array): Buffer {
    const groups = this.#groupByScope(records, from, to);
    let resourceLogsBytes = fieldBytes(resource.length);
    for (const { bytes } of groups) resourceLogsBytes += fieldBytes(bytes);

    const length = fieldBytes(resourceLogsBytes);
    const writer = new ProtobufWriter(this.#bufferOf(length));
    writer.byte(REQUEST_RESOURCE_LOGS);
    writer.varint(resourceLogsBytes);
    writer.byte(RESOURCE_LOGS_RESOURCE);
    writer.lengthPrefixed(resource);
    for (const group of groups) {
      writer.byte(RESOURCE_LOGS_SCOPE_LOGS);
      writer.varint(group.bytes);
      writer.raw(group.scope);
      this.#writeRecords(writer, records, group);
    }
    return this.#buffer.subarray(0, length);
  }

  #writeRecords(writer: ProtobufWriter, records: RecordList, { first }: ScopeGroup): void {
    let index = first;
    do {
      const start = records.starts[index]!;
      const end = records.ends[index]!;
      const uid = uidAttribute(records, index);
      writer.byte(SCOPE_LOGS_RECORD);
      writer.varint(end - start + uid.length);
      records.page(index).copy(this.#buffer, writer.position, start, end);
      writer.position += end - start;
      writer.raw(uid);
      index = this.#next[index]!;
    } while (index !== 0);
  }

  /** Never empty groups; within one, the order of the records. */
  #groupByScope(records: RecordList, from: number, to: number): readonly ScopeGroup[] {
    if (this.#next.length < to) this.#next = new Uint32Array(records.starts.length);
    const groups: ScopeGroup[] = [];
    for (let i = from; i < to; i++) {
      const scopeIndex = records.scopeIndexes[i]!;
      const uid = uidAttribute(records, i);
      const bytes = fieldBytes(records.ends[i]! - records.starts[i]! + uid.length);
      this.#next[i] = 0;
      const group = groups[scopeIndex];
      if (group === undefined) {
        const scope = records.scopes[scopeIndex]!;
        groups[scopeIndex] = { scope, first: i, last: i, bytes: scope.length + bytes };
      } else {
        this.#next[group.last] = i;
        group.last = i;
        group.bytes += bytes;
      }
    }
    // A part of the batch need not have them all.
    return groups.filter(group => group !== undefined);
  }

  #bufferOf(bytes: number): Buffer {
    if (this.#buffer.length < bytes) {
      this.#buffer = Buffer.allocUnsafeSlow(Math.ceil(bytes / BODY_STEP_BYTES) * BODY_STEP_BYTES);
    }
    return this.#buffer;
  }
}

/**
 * `log.record.uid`, by which a backend can tell a record that was delivered twice.
 * https://opentelemetry.io/docs/specs/semconv/registry/attributes/log/#log-record-uid
 */
function uidAttribute({ uidPrefix, streams, positions }: RecordList, index: number): Uint8Array {
  if (uidPrefix === undefined) return NONE;
  const fields = new LogFields();
  fields.add('log.record.uid', `${uidPrefix}-${streams[index]}-${positions[index]}`);
  const writer = new ProtobufWriter(Buffer.alloc(maxFieldsBytes(fields)));
  writeFields(writer, RECORD_ATTRIBUTE, fields);
  return writer.written();
}

/** Of a length-delimited field: tag, length, content. */
function fieldBytes(contentBytes: number): number {
  return 1 + varintSize(contentBytes) + contentBytes;
}
