import { inspect, types } from 'node:util';
import { LogFields, type LogValue } from '../log-record.js';
import { describeException } from './exception.js';
import {
  bufferOfBytes,
  dateGetTime,
  dateToISOString,
  getOwnPropertyDescriptor,
  hasOwn,
  isArray,
  isNaNumber,
  lengthOfBytes,
  mapHas,
  mapSet,
  objectKeys,
  offsetOfBytes,
  startsWith,
  symbolToString,
  visitMap,
  visitSet,
} from './intrinsics.js';
import { type Budget, MAX_DEPTH } from './limits.js';
import { dataProperty, inheritsFrom, isError } from './objects.js';

const inspectValue = inspect;
const UrlPrototype = URL.prototype;
const hrefOfUrl = getOwnPropertyDescriptor(UrlPrototype, 'href')!.get!;
const { apply } = Reflect;
const MAX_BIGINT = 2n ** 256n;
const NO_BYTES = new Uint8Array(0);

/** The objects a value lies in, innermost first. */
interface Ancestors {
  readonly object: object;
  readonly depth: number;
  readonly outer: Ancestors | undefined;
}

/** What `inspect` may print of objects that have no fields to speak of; no code of the user's runs. */
const PLAIN_INSPECT = {
  customInspect: false,
  depth: 2,
  breakLength: Number.POSITIVE_INFINITY,
  maxStringLength: 1024,
} as const;

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
 * Adds the own enumerable fields of `object` as attributes, up to the limit. A name of ours is kept
 * under `user.`, and one that is taken as `name.2`: nothing is lost, and no key occurs twice.
 */
export function addTopLevelFields(fields: LogFields, object: object, budget: Budget): void {
  const keys = objectKeys(object);
  const inner = within(object, undefined);
  let mayRepeat = fields.keys.length > 0;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    if (fields.keys.length >= budget.maxAttributes || !hasRoom(budget)) {
      budget.droppedAttributes += keys.length - i;
      budget.isTruncated = true;
      return;
    }
    const kept = budget.text(key);
    const name = isReserved(kept) ? `user.${kept}` : kept;
    mayRepeat ||= name !== key;
    const value = fieldValue(object, key, budget, inner);
    fields.add(mayRepeat ? unusedKey(fields, name) : name, value);
  }
}

function addFields(fields: LogFields, object: object, budget: Budget, inner: Ancestors): void {
  const keys = objectKeys(object);
  let mayRepeat = false;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    if (!hasRoom(budget)) {
      budget.isTruncated = true;
      return;
    }
    const kept = budget.text(key);
    mayRepeat ||= kept !== key;
    const value = fieldValue(object, key, budget, inner);
    fields.add(mayRepeat ? unusedKey(fields, kept) : kept, value);
  }
}

function hasRoom(budget: Budget): boolean {
  return budget.valuesLeft > 0 && budget.hasText;
}

/** Names the encoder writes itself. */
function isReserved(key: string): boolean {
  switch (key[0]) {
    case 'e':
      return startsWith(key, 'exception.');
    case 'c':
      return startsWith(key, 'code.');
    case 'l':
      return startsWith(key, 'log.');
    case 't':
      return key === 'thread.id';
    default:
      return false;
  }
}

function unusedKey(fields: LogFields, name: string): string {
  let key = name;
  for (let n = 2; isAmong(fields.keys, key); n++) key = `${name}.${n}`;
  return key;
}

function isAmong(keys: readonly string[], key: string): boolean {
  for (let i = 0; i < keys.length; i++) if (keys[i] === key) return true;
  return false;
}

// A getter is named, not run, as `console.log` does it.
function fieldValue(object: object, key: string, budget: Budget, inner: Ancestors): LogValue {
  const descriptor = getOwnPropertyDescriptor(object, key);
  if (descriptor === undefined) return null;
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
  if (types.isProxy(value)) return inspected(value, budget);
  if (isAncestor(value, ancestors)) return '[Circular]';
  if (ancestors !== undefined && ancestors.depth >= MAX_DEPTH) {
    budget.isTruncated = true;
    return isArray(value) ? '[Array]' : '[Object]';
  }
  if (isArray(value)) return arrayValue(value, budget, within(value, ancestors));
  if (types.isDate(value)) return dateText(value);
  if (types.isUint8Array(value)) return bytesValue(value, budget);
  if (isError(value)) return errorFields(value, budget);
  if (types.isMap(value)) return mapFields(value, budget, within(value, ancestors));
  if (types.isSet(value)) return setItems(value, budget, within(value, ancestors));
  if (types.isBoxedPrimitive(value)) return inspected(value, budget);
  if (hasNoFields(value)) return inspected(value, budget);
  if (inheritsFrom(value, UrlPrototype)) return urlText(value, budget);

  const fields = new LogFields();
  addFields(fields, value, budget, within(value, ancestors));
  return fields;
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
    const descriptor = getOwnPropertyDescriptor(value, i);
    // A hole is printed as empty, and sent as null; it counts, or a sparse array would have no end.
    items[i] =
      descriptor === undefined || hasOwn(descriptor, 'value')
        ? toLogValue(descriptor?.value, budget, inner)
        : accessorText(descriptor);
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
    const name = budget.text(typeof key === 'string' ? key : keyText(key));
    const unused = mapHas(taken, name) ? unusedKey(fields, name) : name;
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

function keyText(key: unknown): string {
  try {
    return inspectValue(key, PLAIN_INSPECT);
  } catch {
    return `[${typeof key}]`;
  }
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
  return isNaNumber(dateGetTime(value)) ? 'Invalid Date' : dateToISOString(value);
}

function urlText(value: object, budget: Budget): string {
  try {
    return budget.text(apply(hrefOfUrl, value, []) as string);
  } catch {
    // `Object.create(URL.prototype)` has no URL inside.
    return inspected(value, budget);
  }
}

function bigintValue(value: bigint): LogValue {
  // Turning a huge one into text takes quadratic time; nobody queries those by value.
  return value > -MAX_BIGINT && value < MAX_BIGINT ? value : '[BigInt]';
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
    return budget.text(inspectValue(value, PLAIN_INSPECT));
  } catch {
    // A revoked proxy, or a realm gone: its kind is all that can be said.
    return '[Object]';
  }
}
