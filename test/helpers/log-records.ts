import type { LogFields, LogRecord, Scope } from '../../src/log-record.js';
import { LogFields as Fields, type LogValue } from '../../src/log-record.js';
import { encodeBatch } from '../../src/pipeline/batch.js';
import { encodeLogRecord, maxLogRecordBytes } from '../../src/pipeline/encode.js';
import { ProtobufWriter } from '../../src/pipeline/protobuf-writer.js';
import { decodeLogs, type ReceivedLog } from '../../src/receiver/received-log.js';

export const TEST_SCOPE: Scope = { name: 'test' };
const NONE = new Uint8Array(0);

/** A record of severity INFO at time 0, with what a test describes on top. */
export function logRecord(described: Partial<LogRecord> = {}): LogRecord {
  return {
    scope: TEST_SCOPE,
    timeUnixNanoHigh: 0,
    timeUnixNanoLow: 0,
    severityNumber: 9,
    severityText: 'INFO',
    body: undefined,
    attributes: undefined,
    ...described,
  };
}

export function fields(object: Readonly<Record<string, LogValue>>): LogFields {
  const made = new Fields();
  for (const [key, value] of Object.entries(object)) made.add(key, value);
  return made;
}

/** Encoded into exactly the bytes that were foreseen, so that one too many throws. */
export function encode(record: LogRecord, constants: Uint8Array = NONE): Uint8Array {
  const foreseenBytes = maxLogRecordBytes(record, constants);
  const writer = new ProtobufWriter(Buffer.alloc(foreseenBytes));
  encodeLogRecord(writer, record, constants);
  if (writer.position > foreseenBytes) {
    throw new RangeError(`${writer.position} bytes, where ${foreseenBytes} were foreseen.`);
  }
  return writer.written();
}

/** What an independent decoder makes of a record. */
export function roundTrip(record: LogRecord, constants: Uint8Array = NONE): ReceivedLog {
  const queued = { payload: encode(record, constants), scope: NONE, severityNumber: 0 };
  return decodeLogs(encodeBatch([queued], NONE).body)[0]!;
}
