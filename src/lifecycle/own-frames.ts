import { types } from 'node:util';
import type { AnyFunction } from '../log-record.js';

/**
 * Takes our frames out of the stack of an error that came through `process.emit`, as it is about to
 * be printed. Without this a throwing listener prints one more line than it does without us.
 */
export function hideOwnFrames(error: unknown): void {
  if (!types.isNativeError(error)) return;
  try {
    const { stack } = error;
    const folder = ownFolder();
    if (typeof stack !== 'string' || folder === undefined || !stack.includes(folder)) return;
    const isOurs = (line: string) => line.startsWith('    at ') && line.includes(folder);
    error.stack = stack
      .split('\n')
      .filter(line => !isOurs(line))
      .join('\n');
  } catch {
    // A frozen error, a `prepareStackTrace` that throws: it is printed as it is.
  }
}

/** Whether nothing of JavaScript is below `callee` on the stack. */
export function isCalledByNode(callee: AnyFunction): boolean {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    Error.prepareStackTrace = (_, frames) => frames.length;
    Error.stackTraceLimit = 1;
    const holder: { stack?: unknown } = {};
    Error.captureStackTrace(holder, callee);
    return holder.stack === 0;
  } catch {
    // Intrinsics are frozen.
    return false;
  } finally {
    restore('prepareStackTrace', prepareStackTrace);
    restore('stackTraceLimit', stackTraceLimit);
  }
}

function restore<Key extends 'prepareStackTrace' | 'stackTraceLimit'>(
  key: Key,
  value: ErrorConstructor[Key],
): void {
  try {
    if (value === undefined) delete (Error as Partial<ErrorConstructor>)[key];
    else Error[key] = value;
  } catch {
    // Frozen: there was nothing to change.
  }
}

// As stacks name it: with `--enable-source-maps` that of this source, not of the bundle it is in.
let knownFolder: string | undefined;

function ownFolder(): string | undefined {
  const stack = new Error().stack ?? '';
  knownFolder ??= /(?:\(|at )([^(]+[\\/])[^\\/]+:\d+:\d+\)?$/m.exec(stack)?.[1];
  return knownFolder;
}
