import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads';
import { inheritedFrom, readEnvironment } from '../children/environment.js';
import { followChildren } from '../children/follow-children.js';
import type { LogContext } from '../context/log-context.js';
import { boundFrom } from './incoming.js';
import type { Outgoing } from './outgoing.js';

/** Under this key of `setEnvironmentData` a worker thread finds what it is to continue. */
const CONTINUED_KEY = '@emp/otel-register.continued';

export interface PropagationOptions {
  readonly context: LogContext;
  /** Whether it goes through the environment of processes, too. */
  readonly hasChildren: boolean;
  outgoing(): Outgoing | undefined;
}

/**
 * Has this thread continue what was going on where it, or its process, was started, and has child
 * processes continue what goes on here.
 */
export function startPropagation({ context, hasChildren, outgoing }: PropagationOptions): void {
  const inherited = hasChildren ? readEnvironment(process.env) : undefined;
  const begun = takeUpFromThread() ?? inherited;
  if (begun !== undefined) context.continueFrom(begun);
  if (hasChildren) followChildren({ inherited: inheritedFrom(process.env), outgoing });
}

/**
 * What is going on is handed to the worker thread that is now made.
 *
 * @returns To be called when it is made.
 */
export function handToThread(outgoing: () => Outgoing | undefined): () => void {
  try {
    setEnvironmentData(CONTINUED_KEY, outgoing() as never);
  } catch {
    // It starts without.
  }
  return () => setEnvironmentData(CONTINUED_KEY, undefined);
}

function takeUpFromThread() {
  if (isMainThread) return undefined;
  const told = getEnvironmentData(CONTINUED_KEY) as Outgoing | undefined;
  setEnvironmentData(CONTINUED_KEY, undefined);
  return told && boundFrom(told, name => told.names.includes(name));
}
