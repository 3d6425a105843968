import { isArray } from '../convert/intrinsics.js';
import { LogFields, type LoggedException, type LogRecord, type LogValue } from '../log-record.js';

const { is } = Object;

/** Whether two records say the same in the same trace, whatever the time and the span. */
export function isSameRecord(a: LogRecord, b: LogRecord): boolean {
  return (
    isSameValue(a.body, b.body) &&
    a.scope === b.scope &&
    a.severityNumber === b.severityNumber &&
    a.severityText === b.severityText &&
    a.iostream === b.iostream &&
    a.eventName === b.eventName &&
    a.span?.traceId === b.span?.traceId &&
    isSameValue(a.attributes, b.attributes) &&
    isSameException(a.exception, b.exception)
  );
}

function isSameValue(a: LogValue | undefined, b: LogValue | undefined): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    // NaN is the same here, as 0 and -0 are not.
    return is(a, b);
  }
  if (a instanceof LogFields) return b instanceof LogFields && isSameFields(a, b);
  if (b instanceof LogFields || isArray(a) !== isArray(b) || a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!isSameValue(a[i], b[i])) return false;
  return true;
}

function isSameFields(a: LogFields, b: LogFields): boolean {
  if (a.keys.length !== b.keys.length) return false;
  for (let i = 0; i < a.keys.length; i++) {
    if (a.keys[i] !== b.keys[i] || !isSameValue(a.values[i], b.values[i])) return false;
  }
  return true;
}

function isSameException(a: LoggedException | undefined, b: LoggedException | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    a.message === b.message &&
    a.type === b.type &&
    a.code === b.code &&
    a.stacktrace === b.stacktrace
  );
}
