import type { LogFields, SpanIds } from '../log-record.js';
import type { LogContext } from './log-context.js';

// How `@emp/otel-register/api` finds the preload: the two may come from different copies of the
// package, one in the application's tree and one that NODE_OPTIONS names.

const DOOR = Symbol.for('@emp/otel-register.api.1');

/** What the preload offers to the api, of any later release as well: it only grows. */
export interface ApiDoor {
  runWithLogContext<T>(fields: unknown, run: () => T): T;
  bindLogContext(fields: unknown): void;
  currentLogContext(): LogFields | undefined;
  /** Resolves whether everything was delivered in time. */
  flush(timeoutMs: number): Promise<boolean>;
  /** The span that is active in the program's own tracing. */
  activeSpan?(): SpanIds | undefined;
  /** Not in the first release. */
  runWithMessage?<T>(message: unknown, run: () => T): T;
}

export function apiDoor(
  context: LogContext,
  {
    flush,
    activeSpan,
    runWithMessage,
  }: Required<Pick<ApiDoor, 'flush' | 'activeSpan' | 'runWithMessage'>>,
): ApiDoor {
  return {
    runWithMessage,
    runWithLogContext: (fields, run) => context.runWith(fields, run),
    bindLogContext: fields => context.bind(fields),
    currentLogContext: () => context.current(),
    flush,
    activeSpan,
  };
}

/** To be called once in each thread. */
export function openApiDoor(door: ApiDoor): void {
  Object.defineProperty(globalThis, DOOR, { value: Object.freeze(door) });
}

/** undefined where the preload is not loaded, or switched off. */
export function findApiDoor(): ApiDoor | undefined {
  return (globalThis as { [DOOR]?: ApiDoor })[DOOR];
}
