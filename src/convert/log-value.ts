import { inspect, types } from 'node:util';
import { LogFields, type LogValue } from '../log-record.js';
import { describeException } from './exception.js';
import { type Budget, MAX_DEPTH } from './limits.js';
import { dataProperty, inheritsFrom, isError } from './objects.js';

const getOwnPropertyDescriptor = Object.getOwnPropertyDescriptor;
const forEachOfMap = Map.prototype.forEach;
const forEachOfSet = Set.prototype.forEach;
const dateToISOString = Date.prototype.toISOString;
const dateGetTime = Date.prototype.getTime;
const symbolToString = Symbol.prototype.toString;
const hrefOfUrl = getOwnPropertyDescriptor(URL.prototype, 'href')!.get!;

/** What `inspect` may print of objects that have no fields to speak of; no code of the user's runs. */
const PLAIN_INSPECT = {
  customInspect: false,
  depth: 2,
  breakLength: Number.POSITIVE_INFINITY,
  maxStringLength: 1024,
} as const;

/** Any value of a program as OTLP can carry it, detached from the program's objects. */
export function toLogValue(
  value: unknown,
  budget: Budget,
  ancestors: readonly object[] = [],
): LogValue {
  budget.valuesLeft--;
  switch (typeof value) {
    case 'string':
      return budget.text(value);
    case 'number':
    case 'boolean':
      return value;
    case 'bigint':
      return bigintValue(value, budget);
    case 'undefined':
      return null;
    case 'symbol':
      return budget.text(symbolToString.call(value));
    case 'function':
      return budget.text(functionText(value as object));
    default:
      return value === null ? null : objectValue(value as object, budget, ancestors);
  }
}

/**
 * The own enumerable fields of `object`. A getter is named, not run, as `console.log` does it.
 *
 * @param ancestors The objects it lies in, outermost first.
 */
export function readFields(
  object: object,
  budget: Budget,
  ancestors: readonly object[],
): LogFields {
  const keys = Object.keys(object);
  const values: LogValue[] = [];
  // Made for the first nested object: most records have none.
  let inner: readonly object[] | undefined;
  for (let i = 0; i < keys.length; i++) {
    if (budget.valuesLeft <= 0) {
      budget.isTruncated = true;
      keys.length = i;
      break;
    }
    const key = keys[i]!;
    const descriptor = getOwnPropertyDescriptor(object, key);
    keys[i] = budget.key(key);
    const value = descriptor?.value;
    if (typeof value === 'object' && value !== null) {
      inner ??= [...ancestors, object];
      values.push(toLogValue(value, budget, inner));
    } else if (value === undefined && descriptor !== undefined && !('value' in descriptor)) {
      values.push(accessorText(descriptor));
    } else {
      values.push(toLogValue(value, budget, ancestors));
    }
  }
  return new LogFields(keys, values);
}

export function accessorText(descriptor: PropertyDescriptor): string {
  if (descriptor.get === undefined) return '[Setter]';
  return descriptor.set === undefined ? '[Getter]' : '[Getter/Setter]';
}

function objectValue(value: object, budget: Budget, ancestors: readonly object[]): LogValue {
  if (types.isProxy(value)) return inspected(value, budget);
  if (ancestors.includes(value)) return '[Circular]';
  if (ancestors.length >= MAX_DEPTH || budget.valuesLeft <= 0) {
    budget.isTruncated = true;
    return Array.isArray(value) ? '[Array]' : '[Object]';
  }
  if (Array.isArray(value)) return arrayValue(value, budget, ancestors);
  if (types.isDate(value)) return dateText(value);
  if (types.isUint8Array(value)) return bytesValue(value, budget);
  if (isError(value)) return errorFields(value, budget);
  if (types.isMap(value)) return mapFields(value, budget, ancestors);
  if (types.isSet(value)) return setValues(value, budget, ancestors);
  if (types.isBoxedPrimitive(value)) return inspected(value, budget);
  if (hasNoFields(value)) return inspected(value, budget);
  if (inheritsFrom(value, URL.prototype)) return urlText(value, budget);

  return readFields(value, budget, ancestors);
}

// A view, not a copy: it is encoded before the program runs on.
function bytesValue(value: Uint8Array, budget: Budget): Uint8Array {
  return new Uint8Array(value.buffer, value.byteOffset, budget.byteCount(value.length));
}

function arrayValue(
  value: readonly unknown[],
  budget: Budget,
  ancestors: readonly object[],
): LogValue {
  const inner = [...ancestors, value];
  const items: LogValue[] = [];
  for (let i = 0; i < value.length; i++) {
    if (budget.valuesLeft <= 0) {
      budget.isTruncated = true;
      break;
    }
    const descriptor = getOwnPropertyDescriptor(value, i);
    items.push(
      descriptor?.get === undefined ? toLogValue(descriptor?.value, budget, inner) : '[Getter]',
    );
  }
  return items;
}

function mapFields(
  value: ReadonlyMap<unknown, unknown>,
  budget: Budget,
  ancestors: readonly object[],
): LogValue {
  const inner = [...ancestors, value];
  const fields = new LogFields();
  const seen = new Set<string>();
  forEachOfMap.call(value, (item: unknown, key: unknown) => {
    if (budget.valuesLeft <= 0) {
      budget.isTruncated = true;
      return;
    }
    const name = budget.key(typeof key === 'string' ? key : inspect(key, PLAIN_INSPECT));
    if (seen.has(name)) return;
    seen.add(name);
    fields.add(name, toLogValue(item, budget, inner));
  });
  return fields;
}

function setValues(
  value: ReadonlySet<unknown>,
  budget: Budget,
  ancestors: readonly object[],
): LogValue {
  const inner = [...ancestors, value];
  const items: LogValue[] = [];
  forEachOfSet.call(value, (item: unknown) => {
    if (budget.valuesLeft > 0) items.push(toLogValue(item, budget, inner));
    else budget.isTruncated = true;
  });
  return items;
}

function errorFields(error: Error, budget: Budget): LogFields {
  const exception = describeException(error, budget);
  const fields = new LogFields();
  fields.add('type', exception.type);
  fields.add('message', exception.message);
  if (exception.code !== undefined) fields.add('code', exception.code);
  if (exception.stacktrace !== undefined) {
    fields.add('stacktrace', budget.text(exception.stacktrace));
  }
  return fields;
}

function dateText(value: Date): string {
  return Number.isNaN(dateGetTime.call(value)) ? 'Invalid Date' : dateToISOString.call(value);
}

function urlText(value: object, budget: Budget): string {
  try {
    return budget.text(hrefOfUrl.call(value) as string);
  } catch {
    // `Object.create(URL.prototype)` has no URL inside.
    return inspected(value, budget);
  }
}

function bigintValue(value: bigint, budget: Budget): LogValue {
  // Turning a huge one into text takes quadratic time; nobody queries those by value.
  return value > -(2n ** 64n) && value < 2n ** 64n ? value : budget.text('[BigInt]');
}

function functionText(value: object): string {
  const name = types.isProxy(value) ? undefined : dataProperty(value, 'name');
  return typeof name === 'string' && name !== '' ? `[Function: ${name}]` : '[Function (anonymous)]';
}

/** Their state lies in internal slots. */
function hasNoFields(value: object): boolean {
  return (
    types.isRegExp(value) ||
    types.isPromise(value) ||
    types.isAnyArrayBuffer(value) ||
    ArrayBuffer.isView(value) ||
    types.isWeakMap(value) ||
    types.isWeakSet(value) ||
    types.isGeneratorObject(value) ||
    types.isExternal(value) ||
    types.isModuleNamespaceObject(value)
  );
}

function inspected(value: object, budget: Budget): string {
  try {
    return budget.text(inspect(value, PLAIN_INSPECT));
  } catch {
    // A revoked proxy, or a realm gone: its kind is all that can be said.
    return '[Object]';
  }
}
