import type {
  Context,
  ContextManager,
  TextMapPropagator,
  TracerProvider,
} from '@opentelemetry/api';

import type { LogFields } from '../log-record.js';

// What the preload and its bundle of the SDK agree on. Imports nothing but types.

/** What is loaded with the first request or span. Nothing of it throws. */
export interface TracingParts {
  readonly provider: TracerProvider;
  readonly contextManager: ContextManager;
  readonly propagator: TextMapPropagator;
  /**
   * A request has come to a server of this thread.
   *
   * @param response undefined for an upgrade.
   * @param fields Bound to its records.
   */
  startServer(
    request: object,
    response: object | undefined,
    fields: LogFields | undefined,
  ): RequestSpan | undefined;
  /**
   * A request of `node:http` is being made, and nothing of it was sent.
   *
   * @returns The trace's baggage, if there is any: it is not for everybody.
   */
  startClient(request: object): string | undefined;
  /** A message of undici's channels. @returns As `startClient`. */
  onFetch(event: FetchEvent, message: unknown): string | undefined;
  /** The process, or the thread, ends. */
  endOpen(): void;
}

export type FetchEvent = 'create' | 'headers' | 'trailers' | 'error';

/** One request, as long as it takes. */
export interface RequestSpan {
  /** Of the span. */
  readonly context: Context;
  /** The object it is bound to emits that event. */
  onEvent(emitter: object, event: unknown, argument: unknown): void;
}
