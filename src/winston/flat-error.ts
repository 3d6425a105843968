import { stackWithWhatLedToIt } from '../convert/error-chain.js';
import { errorName } from '../convert/error-parts.js';
import { hasOwn, sliceText } from '../convert/intrinsics.js';
import type { Budget } from '../convert/limits.js';
import { dataProperty, isError } from '../convert/objects.js';
import { plainText } from '../convert/plain-text.js';
import { exceptionOfText } from '../convert/stack-text.js';
import type { LoggedException } from '../log-record.js';
import type { Info } from './info.js';

/**
 * The exception of an info that was an error once: a child logger makes a plain object of it, with the
 * stack as a text, and so do formats. A text that is no stack of V8 is a field like any other.
 */
export function exceptionOfStack(info: Info, budget: Budget): LoggedException | undefined {
  const stack = hasOwn(info, 'stack') ? info.stack : undefined;
  if (typeof stack !== 'string') return undefined;
  const exception = exceptionOfText(stack, budget);
  if (exception === undefined) return undefined;
  const cause = dataProperty(info, 'cause');
  const text = isError(cause) ? `${stack}\nCaused by: ${causeText(cause, budget)}` : undefined;
  return {
    ...exception,
    stacktrace: text === undefined ? exception.stacktrace : budget.longText(plainText(text)),
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
