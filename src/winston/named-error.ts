import { readText } from '../convert/error-parts.js';
import {
  getOwnPropertyDescriptor,
  hasOwn,
  indexOfText,
  objectKeys,
} from '../convert/intrinsics.js';
import { isError, isPlainObject } from '../convert/objects.js';
import type { Info } from './info.js';

/** The Error that an info has by one of the usual names. */
export function namedError(info: Info): Error | undefined {
  return asError(ownValue(info, 'err')) ?? asError(ownValue(info, 'error'));
}

// A format may hand on a proxy, which is not asked.
function ownValue(info: object, key: string): unknown {
  return hasOwn(info, key) ? getOwnPropertyDescriptor(info, key)!.value : undefined;
}

// Most are plain objects, which takes less to see.
export function asError(value: unknown): Error | undefined {
  if (typeof value !== 'object' || isPlainObject(value)) return undefined;
  return isError(value) ? value : undefined;
}

/**
 * Whether what formats have made still tells of an Error: many make a text or a plain object of it,
 * and put it elsewhere, as `format.metadata` does. What they take away is not told.
 */
export function tellsOf(formatted: Info, error: Error): boolean {
  const keys = objectKeys(formatted);
  for (let i = 0; i < keys.length; i++) {
    const value = ownValue(formatted, keys[i]!);
    if (keys[i] === 'message' || keys[i] === 'level') continue;
    if (isOf(value, error)) return true;
    if (!isPlainObject(value)) continue;
    if (isOf(ownValue(value, 'err'), error) || isOf(ownValue(value, 'error'), error)) return true;
  }
  return false;
}

function isOf(value: unknown, error: Error): boolean {
  if (value === error) return true;
  const message = readText(error, 'message');
  if (!message) return false;
  if (typeof value === 'string') return indexOfText(value, message) !== -1;
  if (!isPlainObject(value)) return false;
  const told = ownValue(value, 'message');
  return typeof told === 'string' && told === message;
}
