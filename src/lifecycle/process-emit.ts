import type { Worker } from 'node:worker_threads';
import { apply } from '../convert/intrinsics.js';
import { originalMethod } from '../methods/original-method.js';
import { replaceMethod } from '../methods/replace-method.js';
import { asOwnWork } from '../own-work.js';
import { startedWorkers } from '../stdio/started-workers.js';
import { type PassingWarning, warningPassed, warningPasses } from '../warnings/process-warnings.js';
import { hideOwnFrames, isCalledByNode } from './own-frames.js';

/** Whatever is to happen around an event of `process`. What these throw is nobody's. */
export interface ProcessEvents {
  /** Once the last `exit` listener has returned, or thrown. */
  afterExitListeners(): void;
  /**
   * @param isByNode Whether Node emits it, and not the application; takes a moment to find out.
   * @returns Whether the event is held back; it will be emitted again.
   */
  holdBeforeExit?(isByNode: () => boolean): boolean;
  /** A thrown error or unhandled rejection is about to be handled, or to end the process. */
  onThrown(error: unknown, origin: string): void;
  /** Handlers have run: the error was handled by them, or nobody was there to do it. */
  afterThrown(wasHandled: boolean): void;
  /** A handler threw: Node ends the process without an `exit` event. */
  onHandlerThrew(): void;
}

type Emit = (this: unknown, event: string | symbol, ...args: unknown[]) => boolean;

/**
 * Watches what Node emits on `process` by wrapping `process.emit`, not by listening: a preload's
 * own listener would run before those of the application, be seen by it, counted against
 * `maxListeners`, and be removed by `removeAllListeners()`.
 *
 * Errors must pass through by `finally`: rethrown from a `catch`, they would be printed with our
 * line of source instead of the application's.
 */
export function watchProcess(events: ProcessEvents): void {
  // The application, or `node:domain`, may wrap the inherited one later.
  const original = originalMethod<(...args: unknown[]) => boolean>(process, 'emit');

  // No parameters but the rest: to spread them would use the iterator of arrays, which is replaceable.
  function emit(this: unknown, ...args: unknown[]): boolean {
    if (isHeldBack(events, args, emit)) return true;

    const passing = args[0] === 'warning' ? before(args[1]) : undefined;
    if (args[0] === 'worker') workerStarted(args[1]);
    let outcome: boolean | undefined;
    try {
      outcome = apply(original(), this, args);
      return outcome;
    } finally {
      after(events, args[0], outcome, passing);
    }
  }

  replaceMethod(process, 'emit', emit);
  watchCaptureCallback(events);
}

function workerStarted(worker: unknown): void {
  try {
    startedWorkers.onStarted?.(worker as Worker);
  } catch {
    // What it prints is recorded twice, at worst.
  }
}

function before(warning: unknown): PassingWarning | undefined {
  try {
    return warningPasses(warning);
  } catch {
    // It goes without a record of its own.
    return undefined;
  }
}

// A `finally` that throws would put our error in the place of the program's.
function after(
  events: ProcessEvents,
  event: unknown,
  outcome: boolean | undefined,
  passing?: PassingWarning,
): void {
  try {
    if (event === 'warning') warningPassed(passing);
    if (event === 'exit' && isExiting()) events.afterExitListeners();
    if (event === 'uncaughtException') afterListeners(events, outcome);
  } catch {
    // The end of a process is not changed by us, whatever of its built-ins is broken.
  }
}

function isHeldBack(events: ProcessEvents, args: readonly unknown[], emit: Emit): boolean {
  const event = args[0];
  try {
    if (event === 'uncaughtExceptionMonitor') {
      cleanStack(args[1]);
      events.onThrown(args[1], `${args[2]}`);
    } else if (event === 'beforeExit') {
      return events.holdBeforeExit?.(() => isCalledByNode(emit)) === true;
    }
  } catch {
    // As above.
  }
  return false;
}

// With a capture callback, `node:domain`'s for instance, no `uncaughtException` follows.
function watchCaptureCallback(events: ProcessEvents): void {
  const original = process.setUncaughtExceptionCaptureCallback as (callback: unknown) => void;

  replaceMethod(process, 'setUncaughtExceptionCaptureCallback', (callback: unknown): void => {
    if (typeof callback !== 'function') {
      apply(original, process, [callback]);
      return;
    }
    const watched = function (this: unknown, error: unknown): void {
      let outcome: boolean | undefined;
      try {
        apply(callback as (error: unknown) => void, this, [error]);
        outcome = true;
      } finally {
        after(events, 'uncaughtException', outcome);
      }
    };
    apply(original, process, [watched]);
  });
}

// Whoever asks for the stack first has V8 ask the error for its name and message. Where Node is about
// to print the error that would happen without us, too; where somebody handles it, we alone do it.
function cleanStack(error: unknown): void {
  const { hasUncaughtExceptionCaptureCallback: hasCallback } = process;
  if (process.listenerCount('uncaughtException') > 0 || hasCallback()) {
    asOwnWork(() => hideOwnFrames(error));
  } else hideOwnFrames(error);
}

function afterListeners(events: ProcessEvents, outcome: boolean | undefined): void {
  if (outcome === undefined) events.onHandlerThrew();
  else events.afterThrown(outcome);
}

// Some programs emit `exit` by hand, in tests for instance. Node marks the real one.
function isExiting(): boolean {
  return (process as { _exiting?: boolean })._exiting !== false;
}
