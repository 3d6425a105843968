import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import type { Config } from './config.js';
import { bridgeConsole } from './console-bridge.js';
import type { LogContext } from './context/log-context.js';
import { CrashBridge } from './crash-bridge.js';
import { bindRequests } from './http/bind-requests.js';
import type { LogRecord } from './log-record.js';
import { readActiveSpan } from './otel/active-span.js';
import { observeApiLogsSlot } from './otel/api-logs-slot.js';
import { type ApiSlot, observeApiSlot } from './otel/api-slot.js';
import { createLazyLoggerProvider } from './otel/lazy-logger-provider.js';
import { Clock } from './pipeline/clock.js';
import type { SpanPipeline } from './pipeline/span-pipeline.js';
import { RecordPath } from './record-path.js';
import type { SeverityNumber } from './severity.js';
import { followRequests } from './tracing/follow-requests.js';
import { createLazyGlobals } from './tracing/lazy-globals.js';
import { Tracing } from './tracing/tracing.js';

type OtelLogs = typeof import('./otel/logger-provider.js');

export interface BridgeOptions {
  readonly config: Config;
  readonly packageFolder: string;
  readonly context: LogContext;
  write(record: LogRecord): void;
  readonly spans: SpanPipeline;
}

export interface Bridges {
  readonly crash: CrashBridge;
  /** What is under way ends with the thread. */
  endSpans(): void;
}

/** Every source of records in one thread, all ending in `write`. */
export function startBridges(options: BridgeOptions): Bridges {
  const { config, packageFolder, context } = options;
  const path = new RecordPath({ ...config, context, write: record => options.write(record) });
  const emit = (record: LogRecord) => path.emit(record);
  const wants = (severity: SeverityNumber) => path.wants(severity);

  let provider: ReturnType<OtelLogs['createLoggerProvider']> | undefined;
  const load = () =>
    (provider ??= loadOtelLogs(packageFolder, { ...config, emit, wants, readSpan }));
  const tracing = config.traces && new Tracing({ ...options, config: config.traces });
  const slot: ApiSlot = observeApiSlot({
    logs: () => createLazyLoggerProvider({ load, claimed: () => slot.claimedLogs }),
    tracing: tracing && createLazyGlobals(tracing, context, () => slot.claimedTracers),
    onTracing: () => tracing?.standDown(),
  });
  const olderSlot = observeApiLogsSlot({
    logs: () => createLazyLoggerProvider({ load, claimed: () => olderSlot.claimedLogs }),
  });
  const readSpan = () => (tracing?.isOn ? tracing.activeSpan() : readActiveSpan(slot));

  bindRequests(context, config.requestIdAnswer, tracing);
  if (tracing !== undefined) followRequests(tracing);

  const clock = new Clock();
  bridgeConsole({ ...config, clock, activeSpan: readSpan, emit, wants });
  const crash = new CrashBridge({ ...config, isMainThread, clock, activeSpan: readSpan, emit });
  return { crash, endSpans: () => tracing?.endOpen() };
}

function loadOtelLogs(
  packageFolder: string,
  options: Parameters<OtelLogs['createLoggerProvider']>[0],
): ReturnType<OtelLogs['createLoggerProvider']> {
  const file = join(packageFolder, 'otel-logs.cjs');
  return (createRequire(file)(file) as OtelLogs).createLoggerProvider(options);
}
