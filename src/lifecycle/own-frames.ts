import { types } from 'node:util';
import { framesBelow } from '../call-sites/frames.js';
import { scriptOrigin } from '../call-sites/script-origin.js';
import { originalPosition } from '../call-sites/source-maps.js';
import type { AnyFunction } from '../log-record.js';

/**
 * Takes our frames out of the stack of an error that came through `process.emit`, as it is about to
 * be printed. Without this a throwing listener prints one more line than it does without us.
 */
export function hideOwnFrames(error: unknown): void {
  if (!types.isNativeError(error)) return;
  try {
    const { stack } = error;
    if (typeof stack !== 'string') return;
    knownFolders ??= ownFolders();
    const isOurs = (text: string) => knownFolders!.some(folder => text.includes(folder));
    if (!isOurs(stack)) return;
    error.stack = stack
      .split('\n')
      .filter(line => !(line.startsWith('    at ') && isOurs(line)))
      .join('\n');
  } catch {
    // A frozen error, a `prepareStackTrace` that throws: it is printed as it is.
  }
}

/** Whether nothing of JavaScript is below `callee` on the stack. */
export function isCalledByNode(callee: AnyFunction): boolean {
  return framesBelow(callee, 1).length === 0;
}

let knownFolders: readonly string[] | undefined;

// As stacks name it: that of the bundle, and with `--enable-source-maps` that of this source. A stack
// of ours is not asked: the program may have a formatter, which would see it, and name what it likes.
function ownFolders(): readonly string[] {
  const frame = framesBelow(ownFolders, 1)[0];
  const name = frame?.getFileName();
  if (!name) return [];

  const at = { line: frame!.getLineNumber()!, column: frame!.getColumnNumber()! };
  const source = originalPosition(scriptOrigin(name), at)?.file;
  return [name, source ?? name].flatMap(file => /^.*[\\/]/.exec(file)?.[0] ?? []);
}
