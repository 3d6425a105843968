import {
  type Context,
  type ContextManager,
  type Span,
  type SpanOptions,
  type Tracer,
  type TracerProvider,
  trace,
} from '@opentelemetry/api';

type Scope = readonly [name: string, version?: string, options?: { schemaUrl?: string }];
type Run = (span: Span) => unknown;

/** OpenTelemetry's own, which make the spans that we would. */
const INSTRUMENTATIONS: Readonly<Record<string, 'http' | 'undici'>> = {
  '@opentelemetry/instrumentation-http': 'http',
  '@opentelemetry/instrumentation-undici': 'undici',
};

/** Gives the application tracers of the SDK whose active context is ours: its own copy of the api cannot see it. */
export class TracerSource implements TracerProvider {
  readonly #sdk: TracerProvider;
  readonly #contexts: ContextManager;
  readonly #instrumented = new Set<'http' | 'undici'>();

  constructor(sdk: TracerProvider, contexts: ContextManager) {
    this.#sdk = sdk;
    this.#contexts = contexts;
  }

  /** Whether the application instruments that by itself, with spans of ours. */
  isTracedElsewhere(what: 'http' | 'undici'): boolean {
    return this.#instrumented.has(what);
  }

  getTracer(...scope: Scope): Tracer {
    const what = INSTRUMENTATIONS[scope[0]];
    if (what !== undefined) this.#instrumented.add(what);
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
    return this.#sdk.startSpan(name, options, context ?? this.#contexts.active());
  }

  // Of the three forms, the last argument is always what to run.
  startActiveSpan(name: string, ...rest: unknown[]): never {
    const run = rest.at(-1) as Run;
    const [options, context] = rest.slice(0, -1) as [SpanOptions?, Context?];
    const parent = context ?? this.#contexts.active();
    const span = this.startSpan(name, options, parent);
    return this.#contexts.with(trace.setSpan(parent, span), run, undefined, span) as never;
  }
}
