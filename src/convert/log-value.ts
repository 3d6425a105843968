import { types } from 'node:util';
import { LogFields, type LogValue } from '../log-record.js';
import { type Ancestors, asInstance, isAncestor, within } from './ancestors.js';
import { unusedKey } from './field-keys.js';
import { fieldsWithin, fieldValue, nestedErrorFields } from './fields.js';
import {
  bufferOfBytes,
  isArray,
  lengthOfBytes,
  mapHas,
  mapSet,
  newMap,
  objectKeys,
  offsetOfBytes,
  symbolToString,
  visitMap,
  visitSet,
} from './intrinsics.js';
import type { Budget } from './limits.js';
import { className, isError, isPlainObject, printsItself } from './objects.js';
import { functionText, inspectedText, nameText, opaqueText } from './opaque-text.js';
import { shownText } from './shown-text.js';

const MAX_BIGINT = 2n ** 256n;
const MAX_LISTED = 100;
const NO_BYTES = new Uint8Array(0);

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
      return bigintValue(value, budget);
    case 'undefined':
      return null;
    case 'symbol':
      return budget.text(symbolToString(value));
    case 'function':
      return functionValue(value as object, budget);
    default:
      return value === null ? null : objectValue(value as object, budget, ancestors);
  }
}

// A function's own fields are printed behind it.
function functionValue(value: object, budget: Budget): string {
  if (types.isProxy(value) || objectKeys(value).length > 0) budget.isPrintedFuller = true;
  return budget.text(functionText(value));
}

function objectValue(value: object, budget: Budget, ancestors: Ancestors | undefined): LogValue {
  if (types.isProxy(value)) return proxyText(value, budget);
  if (isAncestor(value, ancestors)) return '[Circular]';
  if (ancestors !== undefined && ancestors.depth >= ancestors.maxDepth) {
    budget.isTruncated = true;
    return isArray(value) ? '[Array]' : '[Object]';
  }
  const inner = within(value, ancestors);
  if (isPlainObject(value)) {
    return budget.isPrinted && printsItself(value)
      ? hiddenText(value, budget)
      : fieldsWithin(inner, budget);
  }
  if (isArray(value)) return arrayValue(value, budget, inner);
  if (types.isUint8Array(value)) return bytesValue(value, budget);
  if (isError(value)) return nestedErrorFields(inner, budget);
  if (types.isMap(value)) return mapFields(value, budget, inner);
  if (types.isSet(value)) return setItems(value, budget, inner);
  return opaqueValue(value, budget) ?? instanceValue(value, budget, inner);
}

function opaqueValue(value: object, budget: Budget): LogValue | undefined {
  const text = opaqueText(value);
  return text === undefined ? undefined : budget.text(text);
}

// Without fields its name is all there is, and the console's brackets.
function instanceValue(value: object, budget: Budget, inner: Ancestors): LogValue {
  if (budget.isPrinted && printsItself(value)) return hiddenText(value, budget);
  const fields = fieldsWithin(asInstance(inner), budget);
  return fields.keys.length > 0 ? fields : budget.text(`${className(value) ?? 'Object'} {}`);
}

function hiddenText(value: object, budget: Budget): string {
  budget.isPrintedFuller = true;
  return budget.text(nameText(value));
}

// What it stands for cannot be asked anything that its traps would not see, or it may print itself.
function proxyText(value: object, budget: Budget): string {
  budget.isPrintedFuller = true;
  return budget.isPrinted ? '[Proxy]' : budget.text(inspectedText(value));
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
  if (hasFieldsOfItsOwn(value)) budget.isPrintedFuller = true;
  for (let i = 0; i < value.length; i++) {
    if (!budget.hasRoom) {
      budget.isTruncated = true;
      break;
    }
    items[i] = fieldValue(value, i, budget, inner);
  }
  return items;
}

// What `match()` answers, for instance. To look at the names of a long list takes too long.
function hasFieldsOfItsOwn(list: readonly unknown[]): boolean {
  return list.length <= MAX_LISTED && objectKeys(list).length > list.length;
}

function mapFields(
  value: ReadonlyMap<unknown, unknown>,
  budget: Budget,
  inner: Ancestors,
): LogValue {
  const fields = new LogFields();
  const taken = newMap();
  visitMap(value, (key, item) => {
    if (!budget.hasRoom) {
      budget.isTruncated = true;
      return false;
    }
    const name = budget.text(typeof key === 'string' ? key : shownText(key, budget));
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
    if (!budget.hasRoom) {
      budget.isTruncated = true;
      return false;
    }
    items[items.length] = toLogValue(item, budget, inner);
    return true;
  });
  return items;
}

function bigintValue(value: bigint, budget: Budget): LogValue {
  if (value > -MAX_BIGINT && value < MAX_BIGINT) return value;
  // Turning a huge one into text takes quadratic time; nobody queries those by value.
  budget.isPrintedFuller = true;
  return '[BigInt]';
}
