import { inspect } from 'node:util';
import { LogFields, type LogValue } from '../log-record.js';
import { isArray } from './intrinsics.js';
import { Budget } from './limits.js';
import { toLogValue } from './log-value.js';
import { className, isPlainObject } from './objects.js';

const inspectValue = inspect;
const LIMITS = { maxAttributes: 0, maxValueLength: 8192 };

/**
 * Any value on one line, nearly as the console prints it. Not by `inspect`: that asks getters for a
 * `Symbol.toStringTag`, and the traps of prototypes.
 *
 * @param record Of the record it is for: what is hidden there is hidden here.
 */
export function shownText(value: unknown, record: Budget): string {
  if (value === undefined) return 'undefined';
  const budget = new Budget(LIMITS, record.isPrinted);
  const converted = toLogValue(value, budget);
  record.isPrintedFuller ||= budget.isPrintedFuller;
  record.isTruncated ||= budget.isTruncated;
  if (typeof converted === 'string' && typeof value !== 'string') return converted;
  const isInstance = converted instanceof LogFields && !isPlainObject(value);
  const name = isInstance ? className(value as object) : undefined;
  return name === undefined ? textOf(converted) : `${name} ${textOf(converted)}`;
}

function textOf(value: LogValue): string {
  if (value instanceof LogFields) return fieldsText(value);
  if (isArray(value)) return listText(value);
  // Nothing of the program's: a primitive, or bytes in a view of ours.
  return inspectValue(value);
}

function fieldsText({ keys, values }: LogFields): string {
  let text = '';
  for (let i = 0; i < keys.length; i++) {
    text += `${i === 0 ? '' : ', '}${keys[i]}: ${textOf(values[i]!)}`;
  }
  return text === '' ? '{}' : `{ ${text} }`;
}

function listText(items: readonly LogValue[]): string {
  let text = '';
  for (let i = 0; i < items.length; i++) text += `${i === 0 ? '' : ', '}${textOf(items[i]!)}`;
  return text === '' ? '[]' : `[ ${text} ]`;
}
