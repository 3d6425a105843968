import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import type { Config } from './config.js';
import { bridgeConsole } from './console-bridge.js';
import type { LogContext } from './context/log-context.js';
import { CrashBridge } from './crash-bridge.js';
import { bindRequests } from './http/bind-requests.js';
import { loadBundle } from './load-bundle.js';
import type { LogFields, LogRecord, SpanIds } from './log-record.js';
import { bridgeLoggers } from './loggers/bridge-loggers.js';
import { isClaimedArgument } from './loggers/claimed-line.js';
import { isTransportThread } from './loggers/transport-thread.js';
import { followMessages } from './messages/follow-messages.js';
import { readActiveSpan, spanIdsOf } from './otel/active-span.js';
import { observeApiLogsSlot } from './otel/api-logs-slot.js';
import { type ApiSlot, observeApiSlot } from './otel/api-slot.js';
import { createLazyLoggerProvider } from './otel/lazy-logger-provider.js';
import { programContext } from './otel/without-spans.js';
import { ConsoleOutput } from './output/console-output.js';
import { ownWork } from './own-work.js';
import { Clock } from './pipeline/clock.js';
import type { SpanPipeline } from './pipeline/span-pipeline.js';
import type { SpanRecord } from './pipeline/span-record.js';
import type { ReceivedRequest } from './propagation/origin.js';
import { type Outgoing, readOutgoing } from './propagation/outgoing.js';
import { Propagation } from './propagation/propagation.js';
import { startPropagation } from './propagation/start-propagation.js';
import { RecordPath } from './record-path.js';
import { createLiveRedaction } from './redaction/live-redaction.js';
import type { Redaction } from './redaction/redaction.js';
import type { LiveRules } from './rules/live-rules.js';
import type { SeverityNumber } from './severity.js';

import { StdioBridge } from './stdio/stdio-bridge.js';
import { followRequests } from './tracing/follow-requests.js';
import { followTargets } from './tracing/instrumentations/follow-targets.js';
import { createLazyGlobals } from './tracing/lazy-globals.js';
import { redactSpan } from './tracing/redact-span.js';
import { Tracing } from './tracing/tracing.js';
import { followWarnings } from './warnings/follow-warnings.js';

import { WinstonBridge } from './winston-bridge.js';

type OtelLogs = typeof import('./otel/logger-provider.js');

export interface BridgeOptions {
  readonly config: Config;
  readonly packageFolder: string;
  readonly context: LogContext;
  readonly rules: LiveRules;
  write(record: LogRecord): void;
  readonly spans: SpanPipeline;
}

export interface Bridges {
  readonly crash: CrashBridge;
  readonly path: RecordPath;
  /** Whoever traces. */
  activeSpan(): SpanIds | undefined;
  /** What is under way ends with the thread. */
  endSpans(): void;
  /** What is to be told to another process, or thread, that is started here and now. */
  outgoing(): Outgoing | undefined;
  /** Calls `run` with what a message says bound. */
  runWithMessage<T>(message: unknown, run: () => T): T;
}

/** Every source of records in one thread, all ending in `write`, as `rules` have made them. */
export function startBridges(options: BridgeOptions): Bridges {
  const { config, packageFolder, context, rules } = options;
  // Also where nobody called: at the end of the process, or when a timer fires.
  const write = (record: LogRecord) => {
    const wasRunning = ownWork.isRunning;
    ownWork.isRunning = true;
    try {
      options.write(record);
    } finally {
      ownWork.isRunning = wasRunning;
    }
  };
  const redaction = config.hasRedaction
    ? createLiveRedaction(config.redactNames, rules)
    : undefined;
  const beforeEnd = () => {
    winston.settle();
    stdio?.settle();
  };
  const path = new RecordPath({ ...config, context, rules, redaction, beforeEnd, write });
  const emit = (record: LogRecord) => path.emit(record);
  const wants = (severity: SeverityNumber) => path.wants(severity);

  let provider: ReturnType<OtelLogs['createLoggerProvider']> | undefined;
  const emitApi = (record: LogRecord) => {
    if (!winston.isOfTransport(record)) emit(record);
  };
  const load = () =>
    (provider ??= loadOtelLogs(packageFolder, { ...config, emit: emitApi, wants, readSpan }));
  const spans = redaction && {
    write: (span: SpanRecord) => options.spans.write(redactSpan(span, redaction)),
  };
  const propagation = config.propagation && new Propagation(config.propagation, context);
  const trusts = (request: ReceivedRequest) => propagation?.mayReadFrom(request) === true;
  const tracing =
    config.traces &&
    new Tracing({ ...options, config: config.traces, spans: spans ?? options.spans, trusts });
  const slot: ApiSlot = observeApiSlot({
    logs: () => createLazyLoggerProvider({ load, claimed: () => slot.claimedLogs }),
    tracing: tracing && createLazyGlobals(tracing, context, () => slot.claimedTracers),
    onTracing: () => tracing?.standDown(),
  });
  programContext.read = () => slot.registered?.context;
  const olderSlot = observeApiLogsSlot({
    logs: () => createLazyLoggerProvider({ load, claimed: () => olderSlot.claimedLogs }),
  });
  const continued = () => spanIdsOf(context.bound().trace);
  const readSpan = () =>
    tracing?.isOn ? tracing.activeSpan() : (readActiveSpan(slot) ?? continued());

  bindRequests({ context, answer: config.requestIdAnswer, tracing, propagation });
  if (tracing ?? propagation) followRequests({ tracing, propagation, context });
  const ownContext = () => slot.registered?.context?.active();
  const redact = redaction && ((fields: LogFields) => redaction.fields(fields));
  const outgoing = () => readOutgoing({ context, ownContext, activeSpan: readSpan, redact });
  if (tracing !== undefined) {
    const activeContext = () => ownContext() ?? context.bound().trace;
    followTargets({ ...config.traces!, tracing, packageFolder, activeContext });
  }
  startPropagation({ ...config.messages, context, outgoing });
  const ownManager = () => slot.registered?.context;
  const messaging = { context, outgoing, tracing, ownManager };
  const bindings = followMessages({ ...config.messages, ...messaging });

  const clock = new Clock();
  const output = formattedOutput(config, path, redaction);
  const emitCrash = output === undefined ? emit : (record: LogRecord) => output.emitCrash(record);
  const crash = new CrashBridge({
    ...config,
    isMainThread,
    clock,
    activeSpan: readSpan,
    emit: emitCrash,
  });
  const sources = { ...config, clock, activeSpan: readSpan, emit, wants };
  const isApiClaimed = () => Boolean(slot.claimedLogs ?? olderSlot.claimedLogs);
  const winston = new WinstonBridge({ ...sources, context, crash, isApiClaimed });
  winston.install();
  bridgeLoggers(sources);
  const isSaidByLogger = (printed: string, args: readonly unknown[]) =>
    isClaimedArgument(args[0]) || winston.isSaidByLogger(printed, args);
  if (!isTransportThread()) bridgeConsole({ ...sources, output, isSaidByLogger });
  const stdio = config.hasStdio && !isTransportThread() ? new StdioBridge(sources) : undefined;
  stdio?.install();
  followWarnings({ ...sources, limits: config });
  return {
    crash,
    path,
    outgoing,
    activeSpan: readSpan,
    runWithMessage: (message, run) => bindings.run(message, run),
    endSpans: () => tracing?.endOpen(),
  };
}

function formattedOutput(
  { logFormat, serviceName }: Config,
  path: RecordPath,
  redaction: Redaction | undefined,
): ConsoleOutput | undefined {
  if (logFormat === undefined) return undefined;
  return new ConsoleOutput({
    format: logFormat,
    service: serviceName,
    redactText: redaction && (text => redaction.text(text)),
    path,
  });
}

function loadOtelLogs(
  packageFolder: string,
  options: Parameters<OtelLogs['createLoggerProvider']>[0],
): ReturnType<OtelLogs['createLoggerProvider']> {
  const file = join(packageFolder, 'otel-logs.cjs');
  return loadBundle<OtelLogs>(file).createLoggerProvider(options);
}
