import type { AnyFunction } from '../log-record.js';
import { type Frame, framesBelow } from './frames.js';
import { functionName } from './function-name.js';
import { type ScriptOrigin, scriptOrigin } from './script-origin.js';
import { originalPosition } from './source-maps.js';

/** Where in the program something was logged. */
export interface CallSite {
  /** An absolute path where the code came from a file; else the name it was given: `[eval]`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** As a stack trace names it, `Class.method`; undefined for code outside any named function. */
  readonly functionName: string | undefined;
}

/** Below a logger that writes by way of streams the application is some twenty frames away. */
const MAX_FRAMES = 64;

/**
 * The nearest frame on the stack that belongs to the application: not to us, to Node, or to a
 * package that only passes on what others log. Undefined where there is none, as in code made of
 * text. Runs no code of the application's, leaves `Error` as it is, and never throws.
 *
 * @param callee A function known to be on the stack: what is above it is not looked at, which takes
 * half the time.
 */
export function findCallSite(callee?: AnyFunction): CallSite | undefined {
  try {
    if (callee !== undefined) {
      const nearest = framesBelow(callee, 1)[0];
      const origin = nearest && originOf(nearest);
      if (origin?.isApplication) return siteOf(nearest!, origin);
    }
    return firstOfApplication(framesBelow(callee ?? findCallSite, MAX_FRAMES));
  } catch {
    // Hardly any stack is left: the record goes without.
    return undefined;
  }
}

function firstOfApplication(frames: readonly Frame[]): CallSite | undefined {
  for (let i = 0; i < frames.length; i++) {
    const frame = frames[i]!;
    const origin = originOf(frame);
    if (origin?.isApplication) return siteOf(frame, origin);
  }
  return undefined;
}

// What `eval` and `new Function` made has a name where a `sourceURL` gives it one.
function originOf(frame: Frame): ScriptOrigin | undefined {
  const name = frame.getFileName() ?? frame.getScriptNameOrSourceURL();
  return name ? scriptOrigin(name) : undefined;
}

function siteOf(frame: Frame, origin: ScriptOrigin): CallSite | undefined {
  const line = frame.getLineNumber();
  const column = frame.getColumnNumber();
  if (line === null || column === null) return undefined;
  const original = originalPosition(origin, { line, column });
  return {
    file: original?.file ?? origin.path,
    line: original?.line ?? line,
    column: original?.column ?? column,
    functionName: functionName(frame),
  };
}
