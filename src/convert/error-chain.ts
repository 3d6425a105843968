import { types } from 'node:util';
import { errorName, errorStack, ownErrorKeys } from './error-parts.js';
import { getOwnPropertyDescriptor, hasOwn, isArray } from './intrinsics.js';
import { type Budget, MAX_BODY_LENGTH } from './limits.js';
import { isError } from './objects.js';
import { accessorText } from './opaque-text.js';
import { shownText } from './shown-text.js';

/** As many as the console prints of a list. */
const MAX_ERRORS = 100;

interface Chain {
  text: string;
  readonly told: unknown[];
  readonly budget: Budget;
}

/**
 * The stack of `error`, then of its causes, and of the errors it stands for, with the fields of
 * each: a `fetch failed` has its code in the cause.
 */
export function stackWithWhatLedToIt(error: Error, name: string, budget: Budget): string {
  const chain: Chain = { text: errorStack(error, name), told: [error], budget };
  tellCauses(chain, error, name);
  return chain.text;
}

function tell(chain: Chain, value: unknown, label: string): void {
  const { told } = chain;
  if (typeof value === 'object' && isAmong(told, value)) return;
  if (told.length >= MAX_ERRORS || chain.text.length > MAX_BODY_LENGTH) return;
  told[told.length] = value;
  if (isError(value)) {
    const name = errorName(value);
    chain.text += `\n${label}: ${errorStack(value, name)}${fieldsText(value, chain.budget)}`;
    tellCauses(chain, value, name);
  } else {
    chain.text += `\n${label}: ${typeof value === 'string' ? value : shownText(value, chain.budget)}`;
  }
}

function tellCauses(chain: Chain, error: Error, name: string): void {
  const cause = getOwnPropertyDescriptor(error, 'cause')?.value as unknown;
  if (cause !== undefined) tell(chain, cause, 'Caused by');
  if (name === 'SuppressedError') {
    // What was thrown while what had been suppressed was on its way.
    tell(chain, hiddenProperty(error, 'error'), 'Error');
    tell(chain, hiddenProperty(error, 'suppressed'), 'Suppressed');
  }
  const errors = hiddenProperty(error, 'errors');
  if (!isArray(errors) || types.isProxy(errors)) return;
  const count = errors.length;
  for (let i = 0; i < count && chain.told.length < MAX_ERRORS; i++) {
    tell(chain, getOwnPropertyDescriptor(errors, i)?.value, `Error ${i + 1} of ${count}`);
  }
}

// What is enumerable is told among the fields.
function hiddenProperty(error: Error, key: string): unknown {
  const descriptor = getOwnPropertyDescriptor(error, key);
  return descriptor?.enumerable === false ? descriptor.value : undefined;
}

function fieldsText(error: Error, budget: Budget): string {
  const keys = ownErrorKeys(error, budget, false);
  let text = '';
  for (let i = 0; i < keys.length && text.length < MAX_BODY_LENGTH; i++) {
    const descriptor = getOwnPropertyDescriptor(error, keys[i]!)!;
    const shown = hasOwn(descriptor, 'value')
      ? shownText(descriptor.value, budget)
      : accessorText(descriptor);
    text += `${i === 0 ? '' : ', '}${keys[i]}: ${shown}`;
  }
  return text === '' ? '' : `\n    { ${text} }`;
}

function isAmong(list: readonly unknown[], value: unknown): boolean {
  for (let i = 0; i < list.length; i++) if (list[i] === value) return true;
  return false;
}
