import { constants } from 'node:os';
import { sendToSelf } from './signals.js';
import { isInForeground } from './terminal.js';

/** How a program ended: one of the two is null. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** By these, a program that has the preload ends in good order. */
const ORDERLY: ReadonlySet<NodeJS.Signals> = new Set(['SIGTERM', 'SIGINT', 'SIGHUP']);
/** A shell, or npm, says so of a program that ended by a signal. */
const SIGNAL_CODE = 128;

/** Whether the program had no chance to do anything before it ended. */
export function wasSudden({ code, signal }: Ending): boolean {
  return signal === null ? (code ?? 0) > SIGNAL_CODE : !ORDERLY.has(signal);
}

/** Somebody who wants an end of it all, and not of the program alone. */
const STOPPING: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGHUP'];

/** Whether somebody is at a terminal who may want to look at what is left. */
export function mayStay({ code, signal }: Ending): boolean {
  const wasStopped = STOPPING.some(
    name => signal === name || code === SIGNAL_CODE + constants.signals[name],
  );
  return !wasStopped && isInForeground();
}

/** Ends this process as another has ended. */
export function endLike({ code, signal }: Ending): never {
  if (signal === null) process.exit(code ?? 0);
  sendToSelf(signal);
  // The kernel spares process 1. Shells say it like this.
  process.exit(SIGNAL_CODE + constants.signals[signal]);
}
