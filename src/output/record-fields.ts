import { isMainThread, threadId } from 'node:worker_threads';
import { hasKey, unusedKey } from '../convert/field-keys.js';
import { LogFields, type LogRecord } from '../log-record.js';

/**
 * What a record says beside its time, level and text, under the names its attributes have. What the
 * stream says already, `log.iostream`, is left out.
 */
export function ownFields(record: LogRecord): LogFields {
  const fields = new LogFields();
  const { exception, attributes, callSite } = record;
  if (exception !== undefined) {
    fields.add('exception.type', exception.type);
    fields.add('exception.message', exception.message);
    if (exception.stacktrace !== undefined) {
      fields.add('exception.stacktrace', exception.stacktrace);
    }
    if (exception.code !== undefined && !hasKey(attributes?.keys, 'error.code')) {
      fields.add('error.code', exception.code);
    }
  }
  if (callSite !== undefined) {
    fields.add('code.file.path', callSite.file);
    fields.add('code.line.number', callSite.line);
    fields.add('code.column.number', callSite.column);
    if (callSite.functionName !== undefined)
      fields.add('code.function.name', callSite.functionName);
  }
  if (record.isTruncated) fields.add('log.truncated', true);
  if (!isMainThread) fields.add('thread.id', threadId);
  return fields;
}

/**
 * The name a field of the program's gets beside `taken` ones: its own, or under `user.`, as where
 * attributes are made.
 */
export function fieldName(key: string, attributes: LogFields, taken: readonly string[]): string {
  if (!hasKey(taken, key)) return key;
  return unusedKey(attributes.keys, attributes.keys.length, `user.${key}`);
}
