import type { LoggedException } from '../log-record.js';
import { execPattern } from './intrinsics.js';
import type { Budget } from './limits.js';
import { plainText } from './plain-text.js';

/** How V8 begins a stack, up to the first frame: `TypeError: it is wrong`. */
const HEAD =
  /^(?:Uncaught )?([A-Za-z_$][\w$.]{0,120})(?: \[[\w]{1,60}\])?(?:: ([\s\S]{0,65536}?))?\n {4}at /;

/** The exception whose stack that text is; a text that is no stack of V8 is like any other. */
export function exceptionOfText(stack: string, budget: Budget): LoggedException | undefined {
  const parts = execPattern(HEAD, stack);
  if (parts === null) return undefined;
  return {
    type: budget.text(parts[1]!),
    message: budget.text(plainText(parts[2] ?? '')),
    stacktrace: budget.longText(plainText(stack)),
    code: undefined,
  };
}
