import type { EventEmitter } from 'node:events';
import { constants } from 'node:os';
import { isatty } from 'node:tty';
import { apply, setHas } from '../convert/intrinsics.js';
import { lookLike, replaceMethod } from '../methods/replace-method.js';

const SIGNAL_NAMES = Object.keys(constants.signals) as NodeJS.Signals[];

type SignalSwitch = (signal: string) => void;

/**
 * Catches signals without listening: the watcher that Node opens for the first listener of a
 * signal is opened, but no listener added. So nothing is there for `process.listeners()` to show
 * (`signal-exit` ends the process only when it is alone), to count, or to remove.
 *
 * Node opens and closes watchers in two listeners of its own, which are found by name.
 * https://github.com/nodejs/node/blob/v24.11.0/lib/internal/process/signal.js
 */
export interface SignalWatch {
  open(): void;
  /** Gives the signal back its default action. */
  close(signal: string): void;
  /** Whether the signal is ours to act on: watched, and the application does not listen. */
  isOurs(signal: string): boolean;
}

/** Where a terminal is attached, SIGINT belongs to whoever sits there. */
export function watchedSignals(): ReadonlySet<string> {
  return new Set(isatty(0) ? ['SIGTERM', 'SIGHUP'] : ['SIGTERM', 'SIGHUP', 'SIGINT']);
}

/** What `process.kill()` makes of its second argument; undefined for what is no signal. */
export function signalName(signal: unknown): NodeJS.Signals | undefined {
  const wanted = signal === undefined || signal === null || signal === '' ? 'SIGTERM' : signal;
  for (let i = 0; i < SIGNAL_NAMES.length; i++) {
    const name = SIGNAL_NAMES[i]!;
    if (name === wanted || constants.signals[name] === wanted) return name;
  }
  return undefined;
}

/**
 * @param onSignal Called for a signal that came to the process and that is ours.
 * @returns undefined where Node's own listeners are not to be found: then signals act as without us.
 */
export function createSignalWatch(
  signals: ReadonlySet<string>,
  onSignal: (signal: NodeJS.Signals) => void,
): SignalWatch | undefined {
  const start = internalListener('newListener', 'startListeningIfSignal');
  const stop = internalListener('removeListener', 'stopListeningIfSignal');
  if (start === undefined || stop === undefined) return undefined;

  let closing: string | undefined;
  keepOpen(signals, stop, () => closing);
  const watch: SignalWatch = {
    open() {
      withEmit(arrive, () => signals.forEach(start));
    },
    close(signal) {
      // There are none, or none that would ever be called: with them, Node would not close.
      process.removeAllListeners(signal);
      closing = signal;
      stop(signal);
      closing = undefined;
    },
    isOurs(signal) {
      return (
        setHas(signals as Set<unknown>, signal) &&
        !(process.listenerCount(signal) > 0 && isListening())
      );
    },
  };
  return watch;

  function arrive(this: unknown, ...args: unknown[]): void {
    const signal = args[0] as NodeJS.Signals;
    if (watch.isOurs(signal)) onSignal(signal);
    else apply(process.emit as (...args: unknown[]) => boolean, process, args);
  }

  // After `process.removeAllListeners()` a listener added for a signal is never called.
  function isListening(): boolean {
    return process.listeners('newListener' as 'exit').includes(start as never);
  }
}

// Watchers bind the `process.emit` they find when opened. Theirs is not the one that all others
// see, so that a signal emitted by hand is only what it is without us.
function withEmit(emit: (...args: never[]) => unknown, action: () => void): void {
  const own = Object.getOwnPropertyDescriptor(process, 'emit');
  if (!replaceMethod(process, 'emit', emit)) return;
  try {
    action();
  } finally {
    if (own === undefined) delete (process as Partial<NodeJS.Process>).emit;
    else Object.defineProperty(process, 'emit', own);
  }
}

// Node closes a watcher when the application removes its last listener of that signal. Its
// closing listener is replaced by one that leaves ours open.
function keepOpen(
  signals: ReadonlySet<string>,
  stop: SignalSwitch,
  closing: () => string | undefined,
): void {
  const emitter: EventEmitter = process;
  const stopUnlessOurs: SignalSwitch = signal => {
    if (!setHas(signals as Set<unknown>, signal) || closing() === signal) stop(signal);
  };
  lookLike(stopUnlessOurs, stop);
  // In this order: without any listener between, the event would move to the end of `eventNames()`.
  emitter.on('removeListener', stopUnlessOurs);
  emitter.removeListener('removeListener', stop);
}

function internalListener(event: string, name: string): SignalSwitch | undefined {
  const listeners = process.listeners(event as 'exit') as unknown as SignalSwitch[];
  return listeners.find(listener => listener.name === name);
}
