import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { isInForeground } from './terminal.js';

/**
 * All that can be caught and means something to a program: any of them would end this process, or
 * stop it, or (SIGUSR1) start its inspector.
 */
const FORWARDED = (
  [
    'SIGHUP',
    'SIGINT',
    'SIGQUIT',
    'SIGTERM',
    'SIGUSR1',
    'SIGUSR2',
    'SIGALRM',
    'SIGVTALRM',
    'SIGPROF',
    'SIGABRT',
    'SIGTRAP',
    'SIGSYS',
    'SIGXCPU',
    'SIGIO',
    'SIGPWR',
    'SIGSTKFLT',
    'SIGWINCH',
    'SIGCONT',
    'SIGTSTP',
  ] as const
).filter(signal => signal in constants.signals);

/** What a terminal, and a shell's job control, send to every process in the foreground. */
const FROM_TERMINAL: ReadonlySet<string> = new Set([
  'SIGINT',
  'SIGQUIT',
  'SIGTSTP',
  'SIGCONT',
  'SIGWINCH',
]);

/** With these, somebody wants an end. */
const ENDING: ReadonlySet<string> = new Set(['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM']);

export interface CaughtSignals {
  /** What came meanwhile is seen in the next turn of the loop, and reaches it, too. */
  forwardTo(child: ChildProcess): void;
  /** Resolves when somebody, once the program has ended, wants this process to end as well. */
  nextToEnd(): Promise<void>;
}

/** From here on no signal that can be caught ends this process. */
export function catchSignals(): CaughtSignals {
  let receive: (signal: NodeJS.Signals) => void = () => {};
  for (const signal of FORWARDED) process.on(signal, onSignal);
  return {
    forwardTo: child => {
      receive = signal => forward(signal, child);
    },
    nextToEnd: () =>
      new Promise(resolve => {
        receive = signal => {
          if (ENDING.has(signal)) resolve();
        };
      }),
  };

  function onSignal(signal: NodeJS.Signals): void {
    receive(signal);
    // Control-Z is for this process as well, and the kernel's own stop knows when not to.
    if (signal !== 'SIGTSTP') return;
    sendToSelf(signal);
    process.on(signal, onSignal);
  }
}

/** Sends this process a signal with its default action, for the first time or again. */
export function sendToSelf(signal: NodeJS.Signals): void {
  // Closing a watcher restores the default, also for SIGPIPE, which Node ignores otherwise.
  try {
    process.on(signal, () => {});
  } catch {
    // SIGKILL and SIGSTOP cannot be watched.
  }
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

function forward(signal: NodeJS.Signals, child: ChildProcess): void {
  if (FROM_TERMINAL.has(signal) && isInForeground()) return;
  child.kill(signal);
}
