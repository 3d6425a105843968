import { constants } from 'node:os';
import { sendToSelf } from './signals.js';

/** How a program ended: one of the two is null. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Ends this process as another has ended. */
export function endLike({ code, signal }: Ending): never {
  if (signal === null) process.exit(code ?? 0);
  sendToSelf(signal);
  // The kernel spares process 1. Shells say it like this.
  process.exit(128 + constants.signals[signal]);
}
