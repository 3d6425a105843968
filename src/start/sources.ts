import { isMainThread } from 'node:worker_threads';
import type { Config } from '../config.js';
import { bridgeConsole } from '../console-bridge.js';
import type { LogContext } from '../context/log-context.js';
import { CrashBridge } from '../crash-bridge.js';
import type { LogRecord, SpanIds } from '../log-record.js';
import { bridgeLoggers } from '../loggers/bridge-loggers.js';
import { isClaimedArgument } from '../loggers/claimed-line.js';
import { isTransportThread } from '../loggers/transport-thread.js';
import { ConsoleOutput } from '../output/console-output.js';
import { Clock } from '../pipeline/clock.js';
import type { RecordPath } from '../record-path.js';
import type { Redaction } from '../redaction/redaction.js';
import { StdioBridge } from '../stdio/stdio-bridge.js';
import { followWarnings } from '../warnings/follow-warnings.js';
import { WinstonBridge } from '../winston-bridge.js';

export interface SourcesOptions {
  readonly config: Config;
  readonly context: LogContext;
  readonly path: RecordPath;
  readonly redaction: Redaction | undefined;
  activeSpan(): SpanIds | undefined;
  /** Whether the application sends its records of OpenTelemetry's API itself. */
  isApiClaimed(): boolean;
}

export interface Sources {
  readonly crash: CrashBridge;
  /** Whether it is what a logger's own transport says of a call that we have already. */
  isOfTransport(record: LogRecord): boolean;
  /** Whatever still waits is said now. */
  settle(): void;
}

/** What a program logs by, in one thread: all of it ends in `path`. */
export function startSources(options: SourcesOptions): Sources {
  const { config, context, path, activeSpan, isApiClaimed } = options;
  const output = formattedOutput(options);
  const emit = (record: LogRecord) => path.emit(record);
  const shared = {
    ...config,
    clock: new Clock(),
    activeSpan,
    emit,
    wants: (severity: LogRecord['severityNumber']) => path.wants(severity),
  };
  const emitCrash = output === undefined ? emit : (record: LogRecord) => output.emitCrash(record);
  const crash = new CrashBridge({ ...shared, isMainThread, emit: emitCrash });
  const winston = new WinstonBridge({ ...shared, context, crash, isApiClaimed });
  winston.install();
  bridgeLoggers(shared);
  const isSaidByLogger = (printed: string, args: readonly unknown[]) =>
    isClaimedArgument(args[0]) || winston.isSaidByLogger(printed, args);
  const isTransport = isTransportThread();
  if (!isTransport) bridgeConsole({ ...shared, output, isSaidByLogger });
  const isSaid = (written: string) => winston.isSaidByLogger(written, []);
  const stdio =
    config.hasStdio && !isTransport
      ? new StdioBridge({ ...shared, isSaidByLogger: isSaid })
      : undefined;
  stdio?.install();
  followWarnings({ ...shared, limits: config });
  return {
    crash,
    isOfTransport: record => winston.isOfTransport(record),
    settle() {
      winston.settle();
      stdio?.settle();
    },
  };
}

function formattedOutput({
  config: { logFormat, serviceName },
  path,
  redaction,
}: SourcesOptions): ConsoleOutput | undefined {
  if (logFormat === undefined) return undefined;
  return new ConsoleOutput({
    format: logFormat,
    service: serviceName,
    redactText: redaction && (text => redaction.text(text)),
    path,
  });
}
