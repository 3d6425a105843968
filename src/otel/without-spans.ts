import type { ContextManager } from '@opentelemetry/api';

// `createContextKey()` of every 1.x api is `Symbol.for()` of its description.
// https://github.com/open-telemetry/opentelemetry-js/blob/main/packages/opentelemetry-core/src/trace/suppress-tracing.ts
const SUPPRESS_KEY = Symbol.for('OpenTelemetry SDK Context Key SUPPRESS_TRACING');
const SLOT = Symbol.for('opentelemetry.js.api.1');

/** Where the program's contexts come from: replaced once the slot is ours to watch, and asked of us. */
export const programContext = {
  read: () => (globalThis as { [SLOT]?: { readonly context?: ContextManager } })[SLOT]?.context,
};

/**
 * Runs what is our own work so that no instrumentation of the program makes spans of it:
 * instrumentation-fs would tell of files that the program never opened.
 */
export function withoutSpans<Result>(work: () => Result): Result {
  let outcome: { readonly result: Result } | undefined;
  let isStarted = false;
  try {
    const manager = programContext.read();
    if (manager !== undefined) {
      manager.with(manager.active().setValue(SUPPRESS_KEY, true), () => {
        isStarted = true;
        outcome = { result: work() };
      });
    }
  } catch (error) {
    // Else it is the program's context manager that threw.
    if (isStarted && outcome === undefined) throw error;
  }
  return isStarted ? outcome!.result : work();
}
