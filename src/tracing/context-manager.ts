import { type Context, ROOT_CONTEXT } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import type { LogContext } from '../context/log-context.js';

/** What the SDK's manager uses of its storage. */
interface Storage {
  getStore(): Context | undefined;
  run(context: Context, run: (...args: unknown[]) => unknown, ...args: unknown[]): unknown;
  enterWith(context: Context | undefined): void;
  withScope?: undefined;
  disable(): void;
}

/** The SDK's manager on the storage that log context is kept in: one of its own would cost every event again. */
export class OwnContextManager extends AsyncLocalStorageContextManager {
  readonly #context: LogContext;

  constructor(context: LogContext) {
    super();
    this.#context = context;
    (this as unknown as { _asyncLocalStorage: Storage })._asyncLocalStorage = {
      getStore: () => context.bound().trace,
      run: (trace, run, ...args) =>
        context.applyAs({ fields: context.current(), trace }, run as never, undefined, args),
      enterWith: trace => context.bindTrace(trace),
      disable: () => {},
    };
  }

  override active(): Context {
    return this.#context.bound().trace ?? ROOT_CONTEXT;
  }
}
