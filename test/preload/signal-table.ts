import type { RunOptions } from '../helpers/run-node.js';

export const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** Options of a run that is sent this signal as soon as it says it is ready. */
export function signalled(signal: NodeJS.Signals, ...more: string[]): Omit<RunOptions, 'script'> {
  return { args: [signal, ...more], signalAfter: { signal, output: 'ready' } };
}
