import {
  type Context,
  type ContextManager,
  ROOT_CONTEXT,
  type Span,
  type SpanOptions,
  type TextMapGetter,
  type TextMapPropagator,
  type TextMapSetter,
  type Tracer,
  type TracerProvider,
} from '@opentelemetry/api';
import type { LogContext } from '../context/log-context.js';
import { NO_TRACER } from './no-tracer.js';
import type { Tracing } from './tracing.js';

const BAGGAGE = 'baggage';

type Scope = readonly [name: string, version?: string, options?: { schemaUrl?: string }];

/** What an application's copies of the api find where it registers nothing itself. */
export interface TracingGlobals {
  readonly trace: TracerProvider;
  readonly context: ContextManager;
  readonly propagation: TextMapPropagator;
}

/**
 * Stand-ins that load the SDK when they are really used: modules take their tracers as they are
 * loaded, and many never make a span.
 */
export function createLazyGlobals(
  tracing: Tracing,
  context: LogContext,
  claimed: () => TracerProvider | undefined,
): TracingGlobals {
  // As the api's own proxy has it, which stands there without us: some ask it for what is behind it.
  const provider = {
    getTracer(...scope: Scope): Tracer {
      tracing.noteTracer(scope[0]);
      return new LazyTracer(scope, tracing, claimed);
    },
    getDelegate: (): TracerProvider => provider,
    getDelegateTracer: (...scope: Scope): Tracer => provider.getTracer(...scope),
  };
  return {
    trace: provider,
    context: lazyContextManager(tracing, context),
    propagation: {
      inject: (from, carrier, setter) =>
        tracing.active?.propagator.inject(from, carrier, forSetter(tracing, setter)),
      extract: (from, carrier, getter) =>
        tracing.active?.propagator.extract(from, carrier, forGetter(tracing, getter)) ?? from,
      fields: () => tracing.active?.propagator.fields() ?? [],
    },
  };
}

// OpenTelemetry's instrumentations ask nobody whom they talk to. What we propagate ourselves is added to
// their requests as to others.
function forSetter<Carrier>(
  { isInstrumented }: Tracing,
  setter: TextMapSetter<Carrier>,
): TextMapSetter<Carrier> {
  if (!isInstrumented) return setter;
  return {
    set(carrier, name, value) {
      if (name !== BAGGAGE) setter.set(carrier, name, value);
    },
  };
}

function forGetter<Carrier>(
  { isInstrumented }: Tracing,
  getter: TextMapGetter<Carrier>,
): TextMapGetter<Carrier> {
  if (!isInstrumented) return getter;
  return {
    keys: carrier => getter.keys(carrier),
    get: (carrier, name) => (name === BAGGAGE ? undefined : getter.get(carrier, name)),
  };
}

function lazyContextManager(tracing: Tracing, context: LogContext): ContextManager {
  const manager: ContextManager = {
    active: () => (tracing.isOn && context.bound().trace) || ROOT_CONTEXT,
    with(active, run, self, ...args) {
      const parts = tracing.active;
      return parts === undefined
        ? (run.call as (...all: unknown[]) => never)(self, ...args)
        : parts.contextManager.with(active, run, self, ...args);
    },
    bind: (active, target) => tracing.active?.contextManager.bind(active, target) ?? target,
    attach: active => tracing.active?.contextManager.attach?.(active) ?? NOTHING_ATTACHED,
    enable: () => manager,
    disable: () => manager,
  };
  return manager;
}

const NOTHING_ATTACHED = { dispose() {} };

class LazyTracer implements Tracer {
  readonly #scope: Scope;
  readonly #tracing: Tracing;
  readonly #claimed: () => TracerProvider | undefined;
  #ours: Tracer | undefined;
  #theirs: Tracer | undefined;

  constructor(scope: Scope, tracing: Tracing, claimed: () => TracerProvider | undefined) {
    this.#scope = scope;
    this.#tracing = tracing;
    this.#claimed = claimed;
  }

  startSpan(name: string, options?: SpanOptions, context?: Context): Span {
    const tracer = this.#target();
    return context === undefined
      ? tracer.startSpan(name, options)
      : tracer.startSpan(name, options, context);
  }

  startActiveSpan(...args: unknown[]): never {
    const tracer = this.#target();
    return (tracer.startActiveSpan as (...all: unknown[]) => never).apply(tracer, args);
  }

  // A tracer the application took before it registered its provider would have followed it there.
  #target(): Tracer {
    if (this.#tracing.isOn) {
      this.#ours ??= this.#tracing.active?.provider.getTracer(...this.#scope);
      if (this.#ours !== undefined) return this.#ours;
    }
    this.#theirs ??= this.#claimed()?.getTracer(...this.#scope);
    return this.#theirs ?? NO_TRACER;
  }
}
