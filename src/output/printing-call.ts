import type { ConsoleMethod } from '../console-methods.js';
import { startsWith } from '../convert/intrinsics.js';

/** A console call inside another. */
export interface NestedCall {
  readonly method: ConsoleMethod;
  readonly args: readonly unknown[];
  readonly parent: NestedCall | undefined;
}

/**
 * The call that `open` prints for: Node's own `table`, `trace` and the like print through another
 * method. What the application logs meanwhile, in a getter for instance, comes in the same way and
 * has arguments of its own.
 * https://github.com/nodejs/node/blob/v24.11.0/lib/internal/console/constructor.js
 */
export function printingCall<Call extends NestedCall & { readonly parent: Call | undefined }>(
  open: Call,
): Call {
  const { parent } = open;
  if (parent === undefined || parent.method.printsThrough !== open.method.name) return open;
  return isNodesOwn(parent, open.args) ? parent : open;
}

function isNodesOwn({ method, args: given }: NestedCall, args: readonly unknown[]): boolean {
  switch (method.name) {
    case 'trace':
      return args.length === 1 && isTrace(args[0]);
    case 'assert':
      return isText(args[0]) && startsWith(args[0], 'Assertion failed');
    case 'table':
      return args.length === 1 && (args[0] === given[0] || isTable(args[0]));
    case 'count':
      return args.length === 1 && isText(args[0]);
    case 'timeLog':
    case 'timeEnd':
      return args[0] === '%s: %s';
    default:
      return args.length === given.length && args[0] === given[0];
  }
}

// A formatter of the application's may begin as it likes.
function isTrace(value: unknown): boolean {
  return isText(value) && (startsWith(value, 'Trace') || Error.prepareStackTrace !== undefined);
}

function isTable(value: unknown): boolean {
  return isText(value) && startsWith(value, '┌');
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
