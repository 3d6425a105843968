import { types } from 'node:util';
import { getOwnPropertyDescriptor, getPrototypeOf, isArray } from './intrinsics.js';

// Looking at a user's objects without running a user's code. `console.log` itself runs no getter
// and no proxy trap: had we, the program could notice that it is watched.

const ObjectPrototype = Object.prototype;
const ErrorPrototype = Error.prototype;

/** An object literal, `Object.create(null)`, or one of another realm; never a proxy. */
export function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return false;
  const prototype = getPrototypeOf(value);
  if (prototype === ObjectPrototype || prototype === null) return true;
  return (
    !types.isProxy(prototype) &&
    getPrototypeOf(prototype) === null &&
    getOwnPropertyDescriptor(prototype, 'isPrototypeOf') !== undefined &&
    !types.isNativeError(value) &&
    !isArray(value)
  );
}

export function isError(value: unknown): value is Error {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return false;
  // `DOMException` and `Object.create(Error.prototype)` are errors, but not native ones.
  return types.isNativeError(value) || inheritsFrom(value, ErrorPrototype);
}

/** The value of a data property, own or inherited; undefined where a getter would have to run. */
export function dataProperty(object: object, key: string): unknown {
  let holder: object | null = object;
  while (holder !== null && !types.isProxy(holder)) {
    const descriptor = getOwnPropertyDescriptor(holder, key);
    if (descriptor !== undefined) return descriptor.value;
    holder = getPrototypeOf(holder);
  }
  return undefined;
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
