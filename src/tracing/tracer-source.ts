import {
  type Context,
  type ContextManager,
  ROOT_CONTEXT,
  type Span,
  type SpanOptions,
  type Tracer,
  type TracerProvider,
  trace,
} from '@opentelemetry/api';
import { attempt } from '../attempt.js';
import { guardedSpan } from './guarded-span.js';

type Scope = readonly [name: string, version?: string, options?: { schemaUrl?: string }];
type Run = (span: Span) => unknown;

/** Gives the application tracers of the SDK whose active context is ours: its own copy of the api cannot see it. */
export class TracerSource implements TracerProvider {
  readonly #sdk: TracerProvider;
  readonly #contexts: ContextManager;

  constructor(sdk: TracerProvider, contexts: ContextManager) {
    this.#sdk = sdk;
    this.#contexts = contexts;
  }

  getTracer(...scope: Scope): Tracer {
    return new OwnTracer(this.#sdk.getTracer(...scope), this.#contexts);
  }
}

class OwnTracer implements Tracer {
  readonly #sdk: Tracer;
  readonly #contexts: ContextManager;

  constructor(sdk: Tracer, contexts: ContextManager) {
    this.#sdk = sdk;
    this.#contexts = contexts;
  }

  startSpan(name: string, options?: SpanOptions, context?: Context): Span {
    const parent = context ?? this.#contexts.active();
    try {
      return guardedSpan(this.#sdk.startSpan(name, options, parent));
    } catch {
      return guardedSpan(this.#startWithLess(name, options, parent));
    }
  }

  // What is given along cannot be read, or the span around it, which may be of the program's making:
  // the name is enough.
  #startWithLess(name: string, options: SpanOptions | undefined, parent: Context): Span {
    return (
      attempt(() => this.#sdk.startSpan(name, undefined, parent)) ??
      attempt(() => this.#sdk.startSpan(name, options, ROOT_CONTEXT)) ??
      this.#sdk.startSpan(name, undefined, ROOT_CONTEXT)
    );
  }

  // Of the three forms, the last argument is always what to run. Without any, others do nothing.
  startActiveSpan(name: string, ...rest: unknown[]): never {
    if (rest.length === 0) return undefined as never;
    const run = rest.at(-1) as Run;
    const [options, context] = rest.slice(0, -1) as [SpanOptions?, Context?];
    const parent = context ?? this.#contexts.active();
    const span = this.startSpan(name, options, parent);
    return this.#contexts.with(trace.setSpan(parent, span), run, undefined, span) as never;
  }
}
