import { inspect } from 'node:util';
import type { LoggedException } from '../log-record.js';
import type { Budget } from './limits.js';
import { dataProperty, isError } from './objects.js';

const MAX_CAUSES = 8;
/** Of the text of a cause that is no error. */
const CAUSE_INSPECT = { customInspect: false, depth: 2 } as const;
const inspectValue = inspect;

/** Anything thrown or logged as an error. Never throws, whatever the value does when it is read. */
export function describeException(thrown: unknown, budget: Budget): LoggedException {
  if (!isError(thrown)) {
    return { type: typeof thrown, message: budget.text(thrownText(thrown)) };
  }
  const code = errorCode(thrown);
  return {
    type: budget.text(errorName(thrown)),
    message: budget.text(readText(thrown, 'message') ?? ''),
    stacktrace: budget.longText(stackWithCauses(thrown)),
    ...(code !== undefined && { code: budget.text(code) }),
  };
}

function stackWithCauses(error: Error): string {
  let text = readText(error, 'stack') ?? errorName(error);
  const seen: unknown[] = [error];
  for (let current: unknown = error; isError(current) && seen.length <= MAX_CAUSES; ) {
    const cause = dataProperty(current, 'cause');
    if (cause === undefined || isAmong(seen, cause)) break;
    seen[seen.length] = cause;
    const stack = isError(cause) ? (readText(cause, 'stack') ?? errorName(cause)) : undefined;
    text += `\nCaused by: ${stack ?? thrownText(cause)}`;
    current = cause;
  }
  return text;
}

function isAmong(list: readonly unknown[], value: unknown): boolean {
  for (let i = 0; i < list.length; i++) if (list[i] === value) return true;
  return false;
}

/** The class as the error names itself; where nobody set `name`, its constructor's. */
function errorName(error: Error): string {
  const name = readText(error, 'name');
  if (name !== undefined && name !== '' && name !== 'Error') return name;
  const ownClass = dataProperty(error, 'constructor');
  const className = typeof ownClass === 'function' ? dataProperty(ownClass, 'name') : undefined;
  return typeof className === 'string' && className !== '' ? className : 'Error';
}

function errorCode(error: Error): string | undefined {
  const code = dataProperty(error, 'code');
  if (typeof code === 'string' && code !== '') return code;
  return typeof code === 'number' ? String(code) : undefined;
}

// Printing an error reads these three too, so a getter among them runs in any case.
function readText(error: Error, key: 'name' | 'message' | 'stack'): string | undefined {
  try {
    const value: unknown = error[key];
    return typeof value === 'string' ? value : undefined;
  } catch {
    // A getter, or a prepareStackTrace of the application's, that throws.
    return undefined;
  }
}

function thrownText(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return inspectValue(value, CAUSE_INSPECT);
  } catch {
    // A revoked proxy cannot be looked at.
    return `[${typeof value}]`;
  }
}
