import {
  isSafeInteger,
  lastIndexOfText,
  mapDelete,
  mapGet,
  mapHas,
  mapSet,
  newMap,
  sliceText,
  toNumber,
  weakMapGet,
  weakMapSet,
} from '../convert/intrinsics.js';
import type { Budget } from '../convert/limits.js';
import { toLogValue } from '../convert/log-value.js';
import type { LogFields } from '../log-record.js';
import { monotonicMs } from '../pipeline/clock.js';
import type { ConsoleMethod } from './methods.js';

// Timers, counters and tables as data, not only as drawn text.

const DEFAULT_LABEL = 'default';

/** What a call was given, and what it printed. */
export interface FinishedCall {
  readonly target: unknown;
  readonly args: readonly unknown[];
  readonly printed: string | undefined;
}

/** Start of each running timer, by console and label. */
const timers = new WeakMap<object, Map<unknown, unknown>>();

/** `console.time(label)`: a second one of the same label does not restart it, as in Node. */
export function noteTimer(target: unknown, label: unknown): void {
  const name = labelText(label);
  if (name === undefined) return;
  const key = timerOwner(target);
  let running = runningTimers(key);
  if (running === undefined) {
    running = newMap();
    weakMapSet(timers, key, running);
  }
  if (!mapHas(running, name)) mapSet(running, name, monotonicMs());
}

/** Adds the data of one call, as attributes. */
export function addConsoleData(
  fields: LogFields,
  budget: Budget,
  method: ConsoleMethod,
  { target, args, printed }: FinishedCall,
): void {
  if (method.data === 'table') addRows(fields, args[0], budget);
  else {
    const label = labelText(args[0]);
    if (label !== undefined) fields.add('label', budget.text(label));
    if (method.data === 'count') addCount(fields, printed ?? '');
    else if (label !== undefined) addDuration(fields, method, target, label);
  }
}

function addRows(fields: LogFields, rows: unknown, budget: Budget): void {
  if (typeof rows !== 'object' || rows === null) return;
  fields.add('rows', toLogValue(rows, budget));
}

// `label: 3` is all Node tells of a counter.
function addCount(fields: LogFields, printed: string): void {
  const count = toNumber(sliceText(printed, lastIndexOfText(printed, ': ') + 2));
  if (isSafeInteger(count)) fields.add('count', count);
}

function addDuration(
  fields: LogFields,
  method: ConsoleMethod,
  target: unknown,
  label: string,
): void {
  const running = runningTimers(timerOwner(target));
  if (running === undefined || !mapHas(running, label)) return;
  fields.add('duration_ms', monotonicMs() - (mapGet(running, label) as number));
  if (method.name === 'timeEnd') mapDelete(running, label);
}

function runningTimers(owner: object): Map<unknown, unknown> | undefined {
  return weakMapGet(timers, owner) as Map<unknown, unknown> | undefined;
}

// Turning an object into a label runs its `toString`, which the console has done already.
function labelText(label: unknown): string | undefined {
  if (label === undefined) return DEFAULT_LABEL;
  const isObject = (typeof label === 'object' && label !== null) || typeof label === 'function';
  return isObject || typeof label === 'symbol' ? undefined : `${label}`;
}

function timerOwner(target: unknown): object {
  return typeof target === 'object' && target !== null ? target : globalThis.console;
}
