import {
  getOwnPropertyDescriptor,
  hasOwn,
  objectKeys,
  sliceText,
  startsWith,
} from './intrinsics.js';
import type { Budget } from './limits.js';
import { className, printsItself, propertyOfKind } from './objects.js';

const NATIVE_NAMES = [
  'Error',
  'TypeError',
  'RangeError',
  'SyntaxError',
  'ReferenceError',
  'EvalError',
  'URIError',
  'AggregateError',
  'SuppressedError',
];

/** The class as the error names itself; where nobody set `name`, its constructor's. */
export function errorName(error: Error): string {
  const name = readText(error, 'name') ?? '';
  const isSet = name !== '' && (!isNativeName(name) || hasOwn(error, 'name'));
  return isSet ? name : (className(error) ?? (name === '' ? 'Error' : name));
}

/** As the console prints it: headed by the class, which V8 does not know when it takes the stack. */
export function errorStack(error: Error, name: string): string {
  const stack = readText(error, 'stack');
  if (stack === undefined || startsWith(stack, name)) return stack ?? name;
  for (let i = 0; i < NATIVE_NAMES.length; i++) {
    const native = NATIVE_NAMES[i]!;
    if (!startsWith(stack, native)) continue;
    const next = stack[native.length];
    if (next === ':' || next === '\n') return name + sliceText(stack, native.length);
  }
  return stack;
}

function isNativeName(name: string): boolean {
  for (let i = 0; i < NATIVE_NAMES.length; i++) if (NATIVE_NAMES[i] === name) return true;
  return false;
}

export function errorCode(error: Error): string | undefined {
  const code = propertyOfKind(error, 'code');
  if (typeof code === 'string' && code !== '') return code;
  return typeof code === 'number' ? `${code}` : undefined;
}

// Printing an error reads these three too, so a getter among them runs in any case.
export function readText(error: Error, key: 'name' | 'message' | 'stack'): string | undefined {
  try {
    const value: unknown = error[key];
    return typeof value === 'string' ? value : undefined;
  } catch {
    // A getter, or a prepareStackTrace of the application's, that throws.
    return undefined;
  }
}

/**
 * Names of the fields an application gave its error: `status`, `syscall`, …
 *
 * @param isCodeTold Whether `code` is told apart from them.
 */
export function ownErrorKeys(error: Error, budget: Budget, isCodeTold: boolean): string[] {
  if (budget.isPrinted && printsItself(error)) {
    budget.isPrintedFuller = true;
    return [];
  }
  const keys = objectKeys(error);
  let count = 0;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    if (!isTold(error, key, isCodeTold)) keys[count++] = key;
  }
  keys.length = count;
  return keys;
}

function isTold(error: Error, key: string, isCodeTold: boolean): boolean {
  switch (key) {
    case 'cause':
      return true;
    case 'code':
      return isCodeTold && errorCode(error) !== undefined;
    case 'name':
    case 'message':
    case 'stack':
      return typeof getOwnPropertyDescriptor(error, key)?.value === 'string';
    default:
      return false;
  }
}
