import { type Logger, type LoggerProvider, ROOT_CONTEXT } from '@opentelemetry/api';
import { emptyResource } from '@opentelemetry/resources';
import {
  type LogRecordProcessor,
  LoggerProvider as SdkLoggerProvider,
} from '@opentelemetry/sdk-logs';
import type { Limits } from '../convert/limits.js';
import type { LogRecord, SpanIds } from '../log-record.js';
import type { SeverityNumber } from '../severity.js';
import { fromSdkLogRecord } from './sdk-log-record.js';

// The only file that loads the SDK. It registers no global, installs no diag logger and, with
// resource and limits given, reads no environment.

export interface LoggerProviderOptions extends Limits {
  /** Takes a finished record. Must not throw. */
  emit(record: LogRecord): void;
  /** Whether a record of that severity, 0 if unknown, may be sent: if not, none is made. */
  wants(severity: SeverityNumber): boolean;
  /** The application's active span: our copy of the api cannot read an older one's. */
  readSpan?(): SpanIds | undefined;
}

/** The logs provider behind both globals: the SDK's, ending in our pipeline instead of an exporter. */
export function createLoggerProvider(options: LoggerProviderOptions): LoggerProvider {
  const provider = new SdkLoggerProvider({
    // The exporter thread knows the resource; the default one would be detected again.
    resource: emptyResource(),
    logRecordLimits: {
      attributeCountLimit: options.maxAttributes,
      attributeValueLengthLimit: options.maxValueLength,
    },
    processors: [createProcessor(options)],
  });

  return {
    getLogger(name, version, loggerOptions) {
      try {
        return withoutThrowing(provider.getLogger(name, version, loggerOptions));
      } catch {
        // The scope's attributes can't be told apart (a getter that throws): the name is enough.
        return withoutThrowing(provider.getLogger(String(name)));
      }
    },
  };
}

function createProcessor(options: LoggerProviderOptions): LogRecordProcessor {
  const { emit, wants, readSpan } = options;

  return {
    // One that is no number passes.
    enabled: ({ severityNumber = 0 }) => !(severityNumber > 0) || wants(severityNumber),
    onEmit(record, context) {
      // Neither given nor readable by our copy of the api, which is newer than the application's.
      const span = context === ROOT_CONTEXT ? readSpan?.() : undefined;
      emit(fromSdkLogRecord(record, span, options));
    },
    // Nothing is held here.
    forceFlush: async () => {},
    shutdown: async () => {},
  };
}

// The SDK hands on whatever a getter of the application's own record throws.
function withoutThrowing(logger: Logger): Logger {
  return {
    emit(record) {
      try {
        logger.emit(record);
      } catch {
        // This record can't be read; logging it must not end the application.
      }
    },
    enabled(enabledOptions) {
      try {
        return logger.enabled(enabledOptions);
      } catch {
        return true;
      }
    },
  };
}
