import { performance } from 'node:perf_hooks';
import type { ConsoleMethod } from './console-methods.js';
import { Budget } from './convert/limits.js';
import { toLogValue } from './convert/log-value.js';
import { LogFields } from './log-record.js';

// Timers, counters and tables as data, not only as drawn text.

const monotonicMs = performance.now.bind(performance);
const TABLE_LIMITS = { maxAttributes: 128, maxValueLength: 1024 };
const DEFAULT_LABEL = 'default';

/** Start of each running timer, by console and label. */
const timers = new WeakMap<object, Map<string, number>>();

/** `console.time(label)`: a second one of the same label does not restart it, as in Node. */
export function noteTimer(target: unknown, label: unknown): void {
  const name = labelText(label);
  if (name === undefined) return;
  const key = timerOwner(target);
  let running = timers.get(key);
  if (running === undefined) timers.set(key, (running = new Map()));
  if (!running.has(name)) running.set(name, monotonicMs());
}

/** The data of one call, as attributes. */
export function consoleData(
  method: ConsoleMethod,
  target: unknown,
  args: readonly unknown[],
  printed: string,
): LogFields {
  const fields = new LogFields();
  if (method.data === 'table') addRows(fields, args[0]);
  else {
    const label = labelText(args[0]);
    if (label !== undefined) fields.add('label', label);
    if (method.data === 'count') addCount(fields, printed);
    else if (label !== undefined) addDuration(fields, method, target, label);
  }
  return fields;
}

function addRows(fields: LogFields, rows: unknown): void {
  if (typeof rows !== 'object' || rows === null) return;
  fields.add('rows', toLogValue(rows, new Budget(TABLE_LIMITS)));
}

// `label: 3` is all Node tells of a counter.
function addCount(fields: LogFields, printed: string): void {
  const count = Number(printed.slice(printed.lastIndexOf(': ') + 2));
  if (Number.isSafeInteger(count)) fields.add('count', count);
}

function addDuration(
  fields: LogFields,
  method: ConsoleMethod,
  target: unknown,
  label: string,
): void {
  const running = timers.get(timerOwner(target));
  const startedAtMs = running?.get(label);
  if (startedAtMs === undefined) return;
  fields.add('duration_ms', monotonicMs() - startedAtMs);
  if (method.name === 'timeEnd') running!.delete(label);
}

// Turning an object into a label runs its `toString`, which the console has done already.
function labelText(label: unknown): string | undefined {
  if (label === undefined) return DEFAULT_LABEL;
  const isObject = (typeof label === 'object' && label !== null) || typeof label === 'function';
  return isObject || typeof label === 'symbol' ? undefined : String(label);
}

function timerOwner(target: unknown): object {
  return typeof target === 'object' && target !== null ? target : globalThis.console;
}
