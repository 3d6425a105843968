import type { ConsoleMethod } from '../console/methods.js';
import { indexOfText } from '../convert/intrinsics.js';

const ownFormatter = Error.prepareStackTrace;

/** A console call inside another. */
export interface NestedCall {
  readonly method: ConsoleMethod;
  readonly args: readonly unknown[];
  readonly parent: NestedCall | undefined;
}

/**
 * The call that `open` prints for: Node's own `table`, `trace` and the like print through another
 * method. What the application logs meanwhile comes in the same way, from a getter of a row for
 * instance: then what is printed tells which it is. It may be changed, by a wrapper of `console.log`.
 * https://github.com/nodejs/node/blob/v24.11.0/lib/internal/console/constructor.js
 */
export function printingCall<Call extends NestedCall & { readonly parent: Call | undefined }>(
  open: Call,
): Call {
  const { parent } = open;
  if (parent === undefined || parent.method.printsThrough !== open.method.name) return open;
  return isNodesOwn(parent, open.args) ? parent : open;
}

// Where Node runs none of the application's code before it prints, there is nobody else.
function isNodesOwn({ method, args: given }: NestedCall, args: readonly unknown[]): boolean {
  switch (method.name) {
    case 'trace':
      return arePrimitive(given) || mayBeStack(args);
    case 'assert':
      return isPrimitive(given[1]) || has(args, 'Assertion failed');
    case 'table':
      return isPrimitive(given[0]) || has(args, '┌');
    case 'count':
    case 'timeLog':
    case 'timeEnd':
      return isPrimitive(given[0]) || has(args, ': ');
    default:
      return true;
  }
}

// There is none without a limit, and a formatter of the application's begins it as it likes.
function mayBeStack(args: readonly unknown[]): boolean {
  const { prepareStackTrace } = Error;
  const isFormatted = prepareStackTrace !== ownFormatter && prepareStackTrace !== undefined;
  return isFormatted || args[0] === undefined || has(args, 'Trace');
}

function has(args: readonly unknown[], part: string): boolean {
  for (let i = 0; i < args.length; i++) {
    const argument = args[i];
    if (typeof argument === 'string' && indexOfText(argument, part) !== -1) return true;
  }
  return false;
}

function arePrimitive(values: readonly unknown[]): boolean {
  for (let i = 0; i < values.length; i++) if (!isPrimitive(values[i])) return false;
  return true;
}

function isPrimitive(value: unknown): boolean {
  return (typeof value !== 'object' || value === null) && typeof value !== 'function';
}
