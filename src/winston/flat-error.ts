import { stackWithWhatLedToIt } from '../convert/error-chain.js';
import { errorName } from '../convert/error-parts.js';
import { execPattern, sliceText } from '../convert/intrinsics.js';
import type { Budget } from '../convert/limits.js';
import { dataProperty, isError } from '../convert/objects.js';
import { plainText } from '../convert/plain-text.js';
import type { LoggedException } from '../log-record.js';
import type { Info } from './info.js';

/** How V8 begins a stack, up to the first frame: `TypeError: it is wrong`. */
const HEAD =
  /^(?:Uncaught )?([A-Za-z_$][\w$.]{0,120})(?: \[[\w]{1,60}\])?(?:: ([\s\S]{0,65536}?))?\n {4}at /;

/**
 * The exception of an info that was an error once: a child logger makes a plain object of it, with the
 * stack as a text, and so do formats. A text that is no stack of V8 is a field like any other.
 */
export function exceptionOfStack(info: Info, budget: Budget): LoggedException | undefined {
  const stack = dataProperty(info, 'stack');
  if (typeof stack !== 'string') return undefined;
  const parts = execPattern(HEAD, stack);
  if (parts === null) return undefined;
  const cause = dataProperty(info, 'cause');
  const text = isError(cause) ? `${stack}\nCaused by: ${causeText(cause, budget)}` : stack;
  return {
    type: budget.text(parts[1]!),
    message: budget.text(plainText(parts[2] ?? '')),
    stacktrace: budget.longText(plainText(text)),
    code: codeOf(info, budget),
  };
}

function causeText(cause: Error, budget: Budget): string {
  return stackWithWhatLedToIt(cause, errorName(cause), budget);
}

function codeOf(info: Info, budget: Budget): string | undefined {
  const code = dataProperty(info, 'code');
  return typeof code === 'string' && code !== '' ? budget.text(sliceText(code, 0)) : undefined;
}
