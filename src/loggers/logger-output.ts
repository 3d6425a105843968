import type { Holder, Method } from '../console/patch.js';
import { apply } from '../convert/intrinsics.js';
import { replaceMethod } from '../methods/replace-method.js';

/**
 * Whether a logger that makes its own records is writing: what arrives at the process's output
 * meanwhile is no line of its own. Counted, for one logger may write by way of another.
 */
export const loggerOutput = { depth: 0 };

/** What that method writes while it runs is no line of its own. */
export function asLoggerOutput(holder: Holder, key: PropertyKey): void {
  const original = holder[key] as Method;
  const replacement = {
    [key](this: unknown, ...args: unknown[]): unknown {
      loggerOutput.depth++;
      try {
        return apply(original, this, args);
      } finally {
        loggerOutput.depth--;
      }
    },
  };
  replaceMethod(holder, key, replacement[key as string]!);
}
