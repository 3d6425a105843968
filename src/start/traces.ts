import type { ContextManager, LoggerProvider } from '@opentelemetry/api';
import type { Config } from '../config.js';
import type { LogContext } from '../context/log-context.js';
import { bindRequests } from '../http/bind-requests.js';
import type { LogFields, SpanIds } from '../log-record.js';
import { followMessages } from '../messages/follow-messages.js';
import { readActiveSpan, spanIdsOf } from '../otel/active-span.js';
import { observeApiLogsSlot } from '../otel/api-logs-slot.js';
import { type ApiSlot, observeApiSlot } from '../otel/api-slot.js';
import { createLazyLoggerProvider } from '../otel/lazy-logger-provider.js';
import { programContext } from '../otel/without-spans.js';
import type { SpanPipeline } from '../pipeline/span-pipeline.js';
import type { SpanRecord } from '../pipeline/span-record.js';
import type { ReceivedRequest } from '../propagation/origin.js';
import { type Outgoing, permitted, readOutgoing } from '../propagation/outgoing.js';
import { Propagation } from '../propagation/propagation.js';
import { startPropagation } from '../propagation/start-propagation.js';
import type { Redaction } from '../redaction/redaction.js';
import { followRequests } from '../tracing/follow-requests.js';
import { followTargets } from '../tracing/instrumentations/follow-targets.js';
import { createLazyGlobals } from '../tracing/lazy-globals.js';
import { redactSpan } from '../tracing/redact-span.js';
import { Tracing } from '../tracing/tracing.js';

export interface TracesOptions {
  readonly config: Config;
  /** Absolute, holds the built files. */
  readonly packageFolder: string;
  readonly context: LogContext;
  readonly redaction: Redaction | undefined;
  readonly spans: SpanPipeline;
  /** For whoever logs by OpenTelemetry's API. */
  loadLogs(): LoggerProvider;
}

export interface Traces {
  /** Whoever traces. */
  activeSpan(): SpanIds | undefined;
  /** What is under way ends with the thread. */
  endSpans(): void;
  /** What is to be told to another process, or thread, that is started here and now. */
  outgoing(): Outgoing | undefined;
  /** Calls `run` with what a message says bound. */
  runWithMessage<T>(message: unknown, run: () => T): T;
  /** Whether the application sends its records of OpenTelemetry's API itself. */
  isApiClaimed(): boolean;
}

/** What one thread does belongs to requests, jobs and traces: ours, or those of the application. */
export function startTraces(options: TracesOptions): Traces {
  const { config, packageFolder, context, redaction } = options;
  const propagation = config.propagation && new Propagation(config.propagation, context);
  const tracing = createTracing(options, propagation);
  const { slot, isApiClaimed } = observeApi(options, tracing);
  const ownManager = (): ContextManager | undefined => slot.registered?.context;
  programContext.read = ownManager;
  const activeSpan = () =>
    tracing?.isOn
      ? tracing.activeSpan()
      : (readActiveSpan(slot) ?? spanIdsOf(context.bound().trace));

  bindRequests({ context, answer: config.requestIdAnswer, tracing, propagation });
  if (tracing ?? propagation) followRequests({ tracing, propagation, context });
  const redact = redaction && ((fields: LogFields) => redaction.fields(fields));
  const ownContext = () => ownManager()?.active();
  const outgoing = () => readOutgoing({ context, ownContext, activeSpan, redact });
  if (tracing !== undefined) {
    const activeContext = () => ownContext() ?? context.bound().trace;
    followTargets({ ...config.traces!, tracing, packageFolder, activeContext });
  }
  const leaving = () => permitted(outgoing(), config.messages);
  startPropagation({ ...config.messages, context, outgoing: leaving });
  const messages = { ...config.messages, context, outgoing: leaving, tracing, ownManager };
  const bindings = followMessages(messages);
  return {
    activeSpan,
    outgoing,
    isApiClaimed,
    endSpans: () => tracing?.endOpen(),
    runWithMessage: (message, run) => bindings.run(message, run),
  };
}

function createTracing(
  { config, redaction, spans, ...options }: TracesOptions,
  propagation: Propagation | undefined,
): Tracing | undefined {
  if (config.traces === undefined) return undefined;
  const redacted = redaction && {
    write: (span: SpanRecord) => spans.write(redactSpan(span, redaction)),
  };
  const trusts = (request: ReceivedRequest) => propagation?.mayReadFrom(request) === true;
  return new Tracing({ ...options, config: config.traces, spans: redacted ?? spans, trusts });
}

// Logs met in two places: @opentelemetry/api has them from 1.10 on, api-logs before.
function observeApi(
  { context, loadLogs: load }: TracesOptions,
  tracing: Tracing | undefined,
): { readonly slot: ApiSlot; isApiClaimed(): boolean } {
  const slot: ApiSlot = observeApiSlot({
    logs: () => createLazyLoggerProvider({ load, claimed: () => slot.claimedLogs }),
    tracing: tracing && createLazyGlobals(tracing, context, () => slot.claimedTracers),
    onTracing: () => tracing?.standDown(),
  });
  const olderSlot = observeApiLogsSlot({
    logs: () => createLazyLoggerProvider({ load, claimed: () => olderSlot.claimedLogs }),
  });
  const isApiClaimed = () => Boolean(slot.claimedLogs ?? olderSlot.claimedLogs);
  return { slot, isApiClaimed };
}
