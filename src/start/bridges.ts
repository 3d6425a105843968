import { join } from 'node:path';
import type { LoggerProvider } from '@opentelemetry/api';
import type { Config } from '../config.js';
import type { LogContext } from '../context/log-context.js';
import { loadBundle } from '../load-bundle.js';
import type { LogRecord } from '../log-record.js';
import { ownWork } from '../own-work.js';
import type { SpanPipeline } from '../pipeline/span-pipeline.js';
import { RecordPath } from '../record-path.js';
import { createLiveRedaction } from '../redaction/live-redaction.js';
import type { LiveRules } from '../rules/live-rules.js';
import { type Sources, startSources } from './sources.js';
import { startTraces, type Traces } from './traces.js';

type OtelLogs = typeof import('../otel/logger-provider.js');

export interface BridgeOptions {
  readonly config: Config;
  readonly packageFolder: string;
  readonly context: LogContext;
  readonly rules: LiveRules;
  write(record: LogRecord): void;
  readonly spans: SpanPipeline;
}

export interface Bridges extends Omit<Traces, 'isApiClaimed'>, Pick<Sources, 'crash'> {
  readonly path: RecordPath;
}

/** Every source of records in one thread, all ending in `write`, as `rules` have made them. */
export function startBridges(options: BridgeOptions): Bridges {
  const { config, context, rules } = options;
  const redaction = config.hasRedaction
    ? createLiveRedaction(config.redactNames, rules)
    : undefined;
  const beforeEnd = () => sources.settle();
  const write = writeAsOwnWork(options);
  const path = new RecordPath({ ...config, context, rules, redaction, beforeEnd, write });

  let logs: LoggerProvider | undefined;
  const loadLogs = () => {
    logs ??= createLogs(options, { path, sources, activeSpan: traces.activeSpan });
    return logs;
  };
  const traces = startTraces({ ...options, redaction, loadLogs });
  const { activeSpan, isApiClaimed } = traces;
  const sources = startSources({ config, context, path, redaction, activeSpan, isApiClaimed });
  return { ...traces, crash: sources.crash, path };
}

// Also where nobody called: at the end of the process, or when a timer fires.
function writeAsOwnWork(options: BridgeOptions): (record: LogRecord) => void {
  return record => {
    const wasRunning = ownWork.isRunning;
    ownWork.isRunning = true;
    try {
      options.write(record);
    } finally {
      ownWork.isRunning = wasRunning;
    }
  };
}

// OpenTelemetry's logs API, for those who use it.
function createLogs(
  { config, packageFolder }: BridgeOptions,
  {
    path,
    sources,
    activeSpan,
  }: { path: RecordPath; sources: Sources } & Pick<Traces, 'activeSpan'>,
): LoggerProvider {
  const { createLoggerProvider } = loadBundle<OtelLogs>(join(packageFolder, 'otel-logs.cjs'));
  return createLoggerProvider({
    ...config,
    emit(record: LogRecord) {
      if (!sources.isOfTransport(record)) path.emit(record);
    },
    wants: severity => path.wants(severity),
    readSpan: activeSpan,
  });
}
