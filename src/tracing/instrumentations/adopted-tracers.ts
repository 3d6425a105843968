import type { Context, Span, SpanOptions, Tracer, TracerProvider } from '@opentelemetry/api';
import { NO_TRACER } from '../no-tracer.js';
import type { Tracing } from '../tracing.js';

type Scope = readonly [name: string, version?: string, options?: { schemaUrl?: string }];
type Run = (span: Span) => never;

/**
 * What instrumentations that we run make their spans with: our tracer, and once the program traces by
 * itself nothing. The tracers that the program takes follow it to its own provider; these must not, for
 * it has not asked for their spans.
 */
export class AdoptedTracers implements TracerProvider {
  readonly #tracing: Tracing;
  readonly #activeContext: () => Context | undefined;

  constructor(tracing: Tracing, activeContext: () => Context | undefined) {
    this.#tracing = tracing;
    this.#activeContext = activeContext;
  }

  getTracer(...scope: Scope): Tracer {
    let ours: Tracer | undefined;
    const target = () => {
      const isOurs = this.#tracing.isOn && !this.#tracing.isTaken(scope[0]);
      if (isOurs) ours ??= this.#tracing.active?.provider.getTracer(...scope);
      return (isOurs && ours) || this.#silent;
    };
    return {
      startSpan: (...args) => target().startSpan(...args),
      startActiveSpan: (...args: unknown[]) =>
        (target().startActiveSpan as (...all: unknown[]) => never)(...args),
    };
  }

  // In the place of their spans stands the one around them: what is put into their context stays in
  // its trace.
  readonly #silent: Tracer = {
    startSpan: (name: string, options?: SpanOptions, context?: Context) =>
      NO_TRACER.startSpan(name, options, context ?? this.#activeContext()),
    startActiveSpan: (name: string, ...rest: unknown[]) =>
      (rest.at(-1) as Run)(this.#silent.startSpan(name)),
  };
}
