import type { Logger, LoggerOptions, LoggerProvider, LogRecord } from '@opentelemetry/api';

type Scope = readonly [name: string, version?: string, options?: LoggerOptions];
type EnabledOptions = Parameters<Logger['enabled']>[0];

interface Source {
  /** Loads the provider that feeds our pipeline. Called once; may throw. */
  load(): LoggerProvider;
  /** The provider the application registered meanwhile, if any. */
  claimed(): LoggerProvider | undefined;
}

/**
 * Stands in for the SDK until somebody logs. Instrumentations ask for a logger in their constructors
 * and mostly never use it; loading the SDK then would slow every start.
 */
export function createLazyLoggerProvider(source: Source): LoggerProvider {
  let ours: LoggerProvider | undefined;
  let isLoaded = false;

  const loadOnce = (): LoggerProvider | undefined => {
    if (isLoaded) return ours;
    isLoaded = true;
    try {
      ours = source.load();
    } catch {
      // `load` reports; the application's logging goes on without us.
    }
    return ours;
  };

  return {
    getLogger: (...scope: Scope) => new LazyLogger(scope, source, loadOnce),
  };
}

class LazyLogger implements Logger {
  readonly #scope: Scope;
  readonly #source: Source;
  readonly #load: () => LoggerProvider | undefined;
  #ours: Logger | undefined;
  #claimed: Logger | undefined;

  constructor(scope: Scope, source: Source, load: () => LoggerProvider | undefined) {
    this.#scope = scope;
    this.#source = source;
    this.#load = load;
  }

  emit(record: LogRecord): void {
    this.#target()?.emit(record);
  }

  enabled(options?: EnabledOptions): boolean {
    const target = this.#target();
    // Loggers of older api-logs (0.205 for one) have no `enabled`.
    return target !== undefined && (target.enabled?.(options) ?? true);
  }

  // A logger the application took before it registered its provider would have followed it there.
  #target(): Logger | undefined {
    this.#claimed ??= this.#source.claimed()?.getLogger(...this.#scope);
    if (this.#claimed) return this.#claimed;
    this.#ours ??= this.#load()?.getLogger(...this.#scope);
    return this.#ours;
  }
}
