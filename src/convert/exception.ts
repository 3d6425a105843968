import type { LoggedException } from '../log-record.js';
import { stackWithWhatLedToIt } from './error-chain.js';
import { errorCode, errorName, readText } from './error-parts.js';
import type { Budget } from './limits.js';
import { isError } from './objects.js';

import { plainText } from './plain-text.js';
import { shownText } from './shown-text.js';

/** Anything thrown or logged as an error. Never throws, whatever the value does when it is read. */
export function describeException(thrown: unknown, budget: Budget): LoggedException {
  if (!isError(thrown)) {
    const text = typeof thrown === 'string' ? thrown : shownText(thrown, budget);
    return { type: typeof thrown, message: budget.text(plainText(text)) };
  }
  const code = errorCode(thrown);
  const name = errorName(thrown);
  return {
    type: budget.text(name),
    message: budget.text(plainText(readText(thrown, 'message') ?? '')),
    stacktrace: budget.longText(plainText(stackWithWhatLedToIt(thrown, name, budget))),
    ...(code !== undefined && { code: budget.text(code) }),
  };
}

/** Makes `error` the record's, unless another one is already. Answers whether it is. */
export function claimException(error: Error, budget: Budget): boolean {
  if (budget.error === undefined) {
    budget.error = error;
    budget.exception = describeException(error, budget);
  }
  return budget.error === error;
}
