import { inspect, types } from 'node:util';
import {
  getOwnPropertyDescriptor,
  getOwnPropertySymbols,
  getPrototypeOf,
  isArray,
  isEnumerable,
} from './intrinsics.js';

// Looking at a user's objects without running a user's code. `console.log` itself runs no getter
// and no proxy trap: had we, the program could notice that it is watched.

const ObjectPrototype = Object.prototype;
const ErrorPrototype = Error.prototype;
/** Under it an object keeps the method by which it prints itself. */
const { custom: PRINTS_ITSELF } = inspect;
const inspectOfNode: unknown = inspect;

/** An object literal, `Object.create(null)`, or one of another realm; never a proxy. */
export function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return false;
  const prototype = getPrototypeOf(value);
  if (prototype === ObjectPrototype) return true;
  if (prototype === null) return !types.isNativeError(value) && !isArray(value);
  return (
    !types.isProxy(prototype) &&
    getPrototypeOf(prototype) === null &&
    getOwnPropertyDescriptor(prototype, 'isPrototypeOf') !== undefined &&
    !types.isNativeError(value) &&
    !isArray(value)
  );
}

/** A plain object whose fields are what the console prints of it. */
export function isPlainData(value: unknown): value is object {
  // There is no trap to run: no prototype of a plain object is a proxy.
  return isPlainObject(value) && !(PRINTS_ITSELF in value);
}

/**
 * Whether the console prints of it what a method of its own says. Its author decided what is to be
 * seen of it, so its fields are not for us.
 */
export function printsItself(object: object): boolean {
  const descriptor = descriptorOf(object, PRINTS_ITSELF);
  if (descriptor === undefined) return false;
  const { value } = descriptor;
  return typeof value === 'function' ? value !== inspectOfNode : descriptor.get !== undefined;
}

/** The console prints fields by symbols, too. */
export function hasVisibleSymbols(object: object): boolean {
  const symbols = getOwnPropertySymbols(object);
  for (let i = 0; i < symbols.length; i++) if (isEnumerable(object, symbols[i]!)) return true;
  return false;
}

export function isError(value: unknown): value is Error {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return false;
  // `DOMException` and `Object.create(Error.prototype)` are errors, but not native ones.
  return types.isNativeError(value) || inheritsFrom(value, ErrorPrototype);
}

/** The value of a data property, own or inherited; undefined where a getter would have to run. */
export function dataProperty(object: object, key: PropertyKey): unknown {
  return descriptorOf(object, key)?.value;
}

/** As `dataProperty`, without what somebody may have added to all objects. */
export function propertyOfKind(object: object, key: PropertyKey): unknown {
  let holder: object | null = object;
  while (holder !== null && !types.isProxy(holder)) {
    const next = getPrototypeOf(holder) as object | null;
    if (next === null && holder !== object) return undefined;
    const descriptor = getOwnPropertyDescriptor(holder, key);
    if (descriptor !== undefined) return descriptor.value;
    holder = next;
  }
  return undefined;
}

/** The name of what made it, as far as it says so. */
export function className(object: object): string | undefined {
  const maker = dataProperty(object, 'constructor');
  if (typeof maker !== 'function' || types.isProxy(maker)) return undefined;
  const name = dataProperty(maker, 'name');
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** As `instanceof`, which would run the traps of a prototype that is a proxy. */
export function inheritsFrom(value: object, prototype: object): boolean {
  let holder = getPrototypeOf(value) as object | null;
  for (let depth = 0; holder !== null && depth < 16 && !types.isProxy(holder); depth++) {
    if (holder === prototype) return true;
    holder = getPrototypeOf(holder);
  }
  return false;
}

function descriptorOf(object: object, key: PropertyKey): PropertyDescriptor | undefined {
  let holder: object | null = object;
  while (holder !== null && !types.isProxy(holder)) {
    const descriptor = getOwnPropertyDescriptor(holder, key);
    if (descriptor !== undefined) return descriptor;
    holder = getPrototypeOf(holder);
  }
  return undefined;
}
