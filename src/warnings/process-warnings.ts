import { EventEmitter } from 'node:events';
import { apply } from '../convert/intrinsics.js';
import { isError } from '../convert/objects.js';
import { isDisabledByName } from './disabled-warnings.js';

/** A warning on its way to its listeners, of which Node's own prints it. */
export interface PassingWarning {
  readonly warning: Error;
  /** Some record tells of it, or none is wanted. */
  isTold: boolean;
}

type Listeners = (event: string) => unknown[];

const { listeners } = EventEmitter.prototype;
const listenersOf = (event: string) => apply(listeners as Listeners, process, [event]) as unknown[];
/** Before any code of the program: what is there prints warnings. None with `--no-warnings`. */
const printer = listenersOf('warning')[0];

/**
 * What Node warns of in this thread: deprecations, leaks of listeners, what the program itself hands to
 * `process.emitWarning()`. Seen where `process` emits it, so there is no listener that the program
 * could see, count, or remove.
 */
export const processWarnings: {
  /** The one that is being emitted right now. */
  passing: PassingWarning | undefined;
  /** Told of each that was printed past the console. */
  onUntold: ((passing: PassingWarning) => void) | undefined;
} = { passing: undefined, onUntold: undefined };

/** Before a `warning` event reaches its listeners. Answers what to hand to {@link warningPassed}. */
export function warningPasses(warning: unknown): PassingWarning | undefined {
  const { passing } = processWarnings;
  processWarnings.passing =
    isError(warning) && isPrinted(warning) ? { warning, isTold: false } : undefined;
  return passing;
}

export function warningPassed(outer: PassingWarning | undefined): void {
  const { passing, onUntold } = processWarnings;
  processWarnings.passing = outer;
  if (passing !== undefined && !passing.isTold) onUntold?.(passing);
}

// Also where `--redirect-warnings` has it printed into a file. Not where the program has taken Node's
// listener away: it has one of its own then, and what that logs is its own.
function isPrinted(warning: Error): boolean {
  const all = listenersOf('warning');
  for (let i = 0; i < all.length; i++) {
    if (all[i] === printer) return printer !== undefined && !isDisabled(warning);
  }
  return false;
}

function isDisabled(warning: Error): boolean {
  if (warning.name === 'DeprecationWarning' && process.noDeprecation) return true;
  return isDisabledByName(warning);
}
