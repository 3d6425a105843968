import type { EventEmitter } from 'node:events';
import { isatty } from 'node:tty';

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
  readonly signals: ReadonlySet<string>;
  open(): void;
  /** Gives the signal back its default action. */
  close(signal: string): void;
}

/** Where a terminal is attached, SIGINT belongs to whoever sits there. */
export function watchedSignals(): ReadonlySet<string> {
  return new Set(isatty(0) ? ['SIGTERM', 'SIGHUP'] : ['SIGTERM', 'SIGHUP', 'SIGINT']);
}

/** @returns undefined where Node's own listeners are not to be found: then signals act as without us. */
export function createSignalWatch(signals: ReadonlySet<string>): SignalWatch | undefined {
  const start = internalListener('newListener', 'startListeningIfSignal');
  const stop = internalListener('removeListener', 'stopListeningIfSignal');
  if (start === undefined || stop === undefined) return undefined;

  let closing: string | undefined;
  keepOpen(signals, stop, () => closing);
  return {
    signals,
    open() {
      for (const signal of signals) start(signal);
    },
    close(signal) {
      closing = signal;
      stop(signal);
      closing = undefined;
    },
  };
}

// Node closes a watcher when the application removes its last listener of that signal. Its
// closing listener is replaced by one that leaves ours open.
function keepOpen(
  signals: ReadonlySet<string>,
  stop: SignalSwitch,
  closing: () => string | undefined,
): void {
  const emitter: EventEmitter = process;
  emitter.removeListener('removeListener', stop);
  emitter.prependListener('removeListener', function stopListeningIfSignal(signal: string) {
    if (!signals.has(signal) || closing() === signal) stop(signal);
  });
}

function internalListener(event: string, name: string): SignalSwitch | undefined {
  const listeners = process.listeners(event as 'exit') as unknown as SignalSwitch[];
  return listeners.find(listener => listener.name === name);
}
