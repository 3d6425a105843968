import { types } from 'node:util';
import { LogFields, type LogValue } from '../log-record.js';
import { describeException } from './exception.js';
import { isReserved, unusedKey } from './field-keys.js';
import {
  bufferOfBytes,
  getOwnPropertyDescriptor,
  hasOwn,
  isArray,
  lengthOfBytes,
  mapHas,
  mapSet,
  objectKeys,
  offsetOfBytes,
  symbolToString,
  visitMap,
  visitSet,
} from './intrinsics.js';
import { type Budget, MAX_DEPTH } from './limits.js';
import { isError } from './objects.js';
import { functionText, inspectedText, opaqueText } from './opaque-text.js';

const MAX_BIGINT = 2n ** 256n;
const NO_BYTES = new Uint8Array(0);

/** The objects a value lies in, innermost first. */
interface Ancestors {
  readonly object: object;
  readonly depth: number;
  readonly outer: Ancestors | undefined;
}

/** Any value of a program as OTLP can carry it, detached from the program's objects. */
export function toLogValue(value: unknown, budget: Budget, ancestors?: Ancestors): LogValue {
  budget.valuesLeft--;
  switch (typeof value) {
    case 'string':
      return budget.text(value);
    case 'number':
    case 'boolean':
      return value;
    case 'bigint':
      return bigintValue(value);
    case 'undefined':
      return null;
    case 'symbol':
      return budget.text(symbolToString(value));
    case 'function':
      return budget.text(functionText(value as object));
    default:
      return value === null ? null : objectValue(value as object, budget, ancestors);
  }
}

/**
 * The own enumerable fields of `object` as attributes, after those there are, up to the limit. A name
 * of ours is kept under `user.`, and one that is taken as `name.2`: nothing is lost, and no key occurs
 * twice.
 */
export function topLevelFields(object: object, budget: Budget, before?: LogFields): LogFields {
  const inner = within(object, undefined);
  if (before === undefined) return ownFields(object, budget, inner, budget.maxAttributes);
  const { keys } = before;
  const more = ownFields(object, budget, inner, budget.maxAttributes - keys.length);
  for (let i = 0; i < more.keys.length; i++) {
    before.add(unusedKey(keys, keys.length, more.keys[i]!), more.values[i]!);
  }
  return before;
}

/** The own enumerable fields of `object`, as they are named there. */
export function readFields(object: object, budget: Budget): LogFields {
  return ownFields(object, budget, within(object, undefined));
}

/** @param maxAttributes Set if they are to be attributes. */
function ownFields(
  object: object,
  budget: Budget,
  inner: Ancestors,
  maxAttributes?: number,
): LogFields {
  // An array of ours: what it becomes are the names of the fields.
  const keys = objectKeys(object);
  const count = keys.length;
  const isTopLevel = maxAttributes !== undefined;
  const values: LogValue[] = [];
  let mayRepeat = false;
  for (let i = 0; i < count; i++) {
    if ((isTopLevel && i >= maxAttributes) || !hasRoom(budget)) {
      if (isTopLevel) budget.droppedAttributes += count - i;
      budget.isTruncated = true;
      keys.length = i;
      break;
    }
    const key = keys[i]!;
    const kept = budget.key(key);
    const name = isTopLevel && isReserved(kept) ? `user.${kept}` : kept;
    values[i] = fieldValue(object, key, budget, inner);
    mayRepeat ||= name !== key;
    if (mayRepeat) keys[i] = unusedKey(keys, i, name);
  }
  return new LogFields(keys, values);
}

function hasRoom(budget: Budget): boolean {
  return budget.valuesLeft > 0 && budget.hasText;
}

// A getter is named, not run, as `console.log` does it. A hole is printed as empty, and sent as null;
// it counts, or a sparse array would have no end.
function fieldValue(
  object: object,
  key: string | number,
  budget: Budget,
  inner: Ancestors,
): LogValue {
  const descriptor = getOwnPropertyDescriptor(object, key);
  if (descriptor === undefined) return toLogValue(undefined, budget);
  const { value } = descriptor;
  return value !== undefined || hasOwn(descriptor, 'value')
    ? toLogValue(value, budget, inner)
    : accessorText(descriptor);
}

function accessorText(descriptor: PropertyDescriptor): string {
  if (descriptor.get === undefined) return '[Setter]';
  return descriptor.set === undefined ? '[Getter]' : '[Getter/Setter]';
}

function within(object: object, outer: Ancestors | undefined): Ancestors {
  return { object, depth: outer === undefined ? 1 : outer.depth + 1, outer };
}

function isAncestor(object: object, ancestors: Ancestors | undefined): boolean {
  for (let level = ancestors; level !== undefined; level = level.outer) {
    if (level.object === object) return true;
  }
  return false;
}

function objectValue(value: object, budget: Budget, ancestors: Ancestors | undefined): LogValue {
  if (types.isProxy(value)) return budget.text(inspectedText(value));
  if (isAncestor(value, ancestors)) return '[Circular]';
  if (ancestors !== undefined && ancestors.depth >= MAX_DEPTH) {
    budget.isTruncated = true;
    return isArray(value) ? '[Array]' : '[Object]';
  }
  const inner = within(value, ancestors);
  if (isArray(value)) return arrayValue(value, budget, inner);
  if (types.isUint8Array(value)) return bytesValue(value, budget);
  if (isError(value)) return errorFields(value, budget);
  if (types.isMap(value)) return mapFields(value, budget, inner);
  if (types.isSet(value)) return setItems(value, budget, inner);
  const text = opaqueText(value);
  if (text !== undefined) return budget.text(text);

  return ownFields(value, budget, inner);
}

// A view, not a copy: it is encoded before the program runs on. Of a detached buffer there is none.
function bytesValue(value: Uint8Array, budget: Budget): LogValue {
  const wanted = lengthOfBytes(value) as number;
  const kept = budget.byteCount(wanted);
  return wanted === 0
    ? NO_BYTES
    : new Uint8Array(bufferOfBytes(value) as ArrayBuffer, offsetOfBytes(value) as number, kept);
}

function arrayValue(value: readonly unknown[], budget: Budget, inner: Ancestors): LogValue {
  const items: LogValue[] = [];
  for (let i = 0; i < value.length; i++) {
    if (!hasRoom(budget)) {
      budget.isTruncated = true;
      break;
    }
    items[i] = fieldValue(value, i, budget, inner);
  }
  return items;
}

function mapFields(
  value: ReadonlyMap<unknown, unknown>,
  budget: Budget,
  inner: Ancestors,
): LogValue {
  const fields = new LogFields();
  const taken = new Map<unknown, unknown>();
  visitMap(value, (key, item) => {
    if (!hasRoom(budget)) {
      budget.isTruncated = true;
      return false;
    }
    const name = budget.text(typeof key === 'string' ? key : inspectedText(key));
    const unused = mapHas(taken, name) ? unusedKey(fields.keys, fields.keys.length, name) : name;
    mapSet(taken, unused, true);
    fields.add(unused, toLogValue(item, budget, inner));
    return true;
  });
  return fields;
}

function setItems(value: ReadonlySet<unknown>, budget: Budget, inner: Ancestors): LogValue {
  const items: LogValue[] = [];
  visitSet(value, item => {
    if (!hasRoom(budget)) {
      budget.isTruncated = true;
      return false;
    }
    items[items.length] = toLogValue(item, budget, inner);
    return true;
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

function bigintValue(value: bigint): LogValue {
  // Turning a huge one into text takes quadratic time; nobody queries those by value.
  return value > -MAX_BIGINT && value < MAX_BIGINT ? value : '[BigInt]';
}
