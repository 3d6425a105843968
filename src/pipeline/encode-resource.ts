import { LogFields, type LogValue } from '../log-record.js';
import type { ResourceAttributes } from '../resource-detectors/host.js';
import { maxFieldsBytes, writeFields } from './encode-value.js';
import { ProtobufWriter } from './protobuf-writer.js';

const RESOURCE_ATTRIBUTE = 0x0a;

/** OTLP `Resource`. */
export function encodeResource(attributes: ResourceAttributes): Uint8Array {
  const fields = new LogFields();
  for (const [key, value] of Object.entries(attributes)) fields.add(key, value as LogValue);
  const writer = new ProtobufWriter(Buffer.alloc(maxFieldsBytes(fields) + 16));
  writeFields(writer, RESOURCE_ATTRIBUTE, fields);
  return writer.written();
}
