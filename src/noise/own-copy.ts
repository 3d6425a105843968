import { isArray, sliceText } from '../convert/intrinsics.js';
import { LogFields, type LogRecord, type LogValue } from '../log-record.js';

/** V8 makes a part of a text a text of its own when it is shorter than that. */
const LEAST_SHARED_LENGTH = 13;

/**
 * A record to be kept after the call that logged it. Bytes are a view on the program's, which it may
 * write to; a text may be a part of a much longer one, all of which it would keep in memory; ids
 * stand in an object of the tracer's.
 */
export function ownCopy(record: LogRecord): LogRecord {
  const { span, body, attributes, exception } = record;
  return {
    ...record,
    body: body === undefined ? undefined : ownValue(body),
    attributes: attributes && ownFields(attributes),
    exception: exception && {
      ...exception,
      message: ownText(exception.message),
      ...(exception.stacktrace !== undefined && { stacktrace: ownText(exception.stacktrace) }),
    },
    span: span && { traceId: span.traceId, spanId: span.spanId, traceFlags: span.traceFlags },
    // Whoever called has long returned.
    callee: null,
  };
}

/** The same text, and nothing of the one it may be a part of. */
export function ownText(text: string): string {
  return text.length < LEAST_SHARED_LENGTH ? text : sliceText(` ${text}`, 1);
}

function ownFields({ keys, values }: LogFields): LogFields {
  const own = new LogFields();
  for (let i = 0; i < keys.length; i++) own.add(keys[i]!, ownValue(values[i]!));
  return own;
}

function ownValue(value: LogValue): LogValue {
  if (typeof value === 'string') return ownText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof LogFields) return ownFields(value);
  if (!isArray(value)) return new Uint8Array(value as Uint8Array);
  const items: LogValue[] = [];
  for (let i = 0; i < value.length; i++) items[i] = ownValue(value[i] as LogValue);
  return items;
}
