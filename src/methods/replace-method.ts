import { attempt } from '../attempt.js';
import {
  getOwnPropertyDescriptor,
  getPrototypeOf,
  hasOwn,
  isEnumerable,
} from '../convert/intrinsics.js';

type Method = (this: never, ...args: never[]) => unknown;
type Look = { readonly name: string; readonly length: number };

const { defineProperty, get } = Reflect;

/**
 * Gives `target` another method under `key`, visible in nothing else: see `putMethod`, and `lookLike`.
 *
 * @returns Whether it has it now: what is frozen, or has no such method, stays as it is.
 */
export function replaceMethod(target: object, key: PropertyKey, method: Method): boolean {
  const original = attempt(() => get(target, key) as unknown);
  if (typeof original !== 'function') return false;
  lookLike(method, original as Method);
  return putMethod(target, key, method);
}

/** Gives `method` name and length of what it stands for: ours are minified, and take what comes. */
export function lookLike(method: Method, original: Look): void {
  if (method.name !== original.name) setValue(method, 'name', original.name);
  if (method.length !== original.length) setValue(method, 'length', original.length);
}

/**
 * Where `target` has a method of its own under `key`, ours keeps its place among the keys, and is as
 * enumerable, writable and configurable. Where it inherits one, ours is not enumerable: it would be one
 * more key, and printed with the object. Except on the prototype of a class: there it is as the inherited
 * one, which `for … in` is to find in each object of the class.
 *
 * By itself for a method that is made for each request and named as it is to be: another length takes
 * more time than all else here.
 *
 * @returns Whether it is there: what is frozen stays as it is.
 */
export function putMethod(target: object, key: PropertyKey, method: Method): boolean {
  return attempt(() => put(target, key, method)) === true;
}

function put(target: object, key: PropertyKey, value: Method): boolean {
  const own = hasOwn(target, key) ? getOwnPropertyDescriptor(target, key) : undefined;
  if (own !== undefined && hasOwn(own, 'value')) return setValue(target, key, value);
  const isKept = own !== undefined || hasOwn(target, 'constructor');
  const enumerable = isKept && isFound(target, key);
  const property = { value, enumerable, writable: true, configurable: true };
  try {
    return defineProperty(target, key, property);
  } catch {
    // As below; but to take away the prototype costs more than all else here.
    return defineProperty(target, key, { __proto__: null, ...property } as PropertyDescriptor);
  }
}

/** Whether `for … in` finds it. */
function isFound(object: object, key: PropertyKey): boolean {
  for (let holder: object | null = object; holder !== null; holder = getPrototypeOf(holder)) {
    if (hasOwn(holder, key)) return isEnumerable(holder, key);
  }
  return false;
}

// What is not mentioned stays as it is. Without a prototype: the program may have added to that of all
// objects.
function setValue(target: object, key: PropertyKey, value: unknown): boolean {
  return defineProperty(target, key, { __proto__: null, value } as PropertyDescriptor);
}
