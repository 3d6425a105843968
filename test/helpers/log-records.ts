import type { LogFields, LogRecord, Scope } from '../../src/log-record.js';
import { LogFields as Fields, type LogValue } from '../../src/log-record.js';
import { BatchEncoder } from '../../src/pipeline/batch.js';
import { encodeLogRecord, maxLogRecordBytes } from '../../src/pipeline/encode.js';
import { ProtobufWriter } from '../../src/pipeline/protobuf-writer.js';
import { RecordList } from '../../src/pipeline/record-list.js';
import { decodeLogs, type ReceivedLog } from '../../src/receiver/received-log.js';

const TEST_SCOPE: Scope = { name: 'test' };
const NONE: Uint8Array = new Uint8Array(0);

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

/** One request of all these records. */
export function encodeBatch(
  records: Iterable<{ readonly payload: Uint8Array; readonly scope?: Uint8Array }>,
  resource = NONE,
): Buffer {
  const list = new RecordList();
  for (const { payload, scope } of records) addPayload(list, payload, scope);
  return new BatchEncoder().encode(list, 0, list.count, resource);
}

/** Records whose bodies are the numbers from 0. */
export function addRecords(list: RecordList, count: number): void {
  for (let i = 0; i < count; i++) addPayload(list, encode(logRecord({ body: i })));
}

function addPayload(list: RecordList, payload: Uint8Array, scope = NONE): void {
  list.add(Buffer.from(payload), 0, payload.length, scope);
}

/** What an independent decoder makes of a record. */
export function roundTrip(record: LogRecord, constants: Uint8Array = NONE): ReceivedLog {
  return decodeLogs(encodeBatch([{ payload: encode(record, constants) }]))[0]!;
}
