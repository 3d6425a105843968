import type { SeverityNumber } from './severity.js';

/** Everything the environment may say, read once at start. Frozen, and plain enough for `workerData`. */
export interface Config {
  /** `OTEL_SDK_DISABLED=true`, or `OTEL_LOGS_EXPORTER=none`: nothing is loaded or patched. */
  readonly isDisabled: boolean;
  /** Where log records are posted to, corrected: always an absolute http(s) URL. */
  readonly logsUrl: string;
  /**
   * Environment of the exporter thread: a snapshot of the process's, with every corrected `OTEL_*`
   * value in place of the bad one, and without `NODE_OPTIONS` (it would preload us again).
   */
  readonly exporterEnvironment: Readonly<Record<string, string>>;
  /** How long a record may wait for neighbours. `OTEL_BLRP_SCHEDULE_DELAY`, default 200. */
  readonly lingerMs: number;
  /** `OTEL_BLRP_MAX_EXPORT_BATCH_SIZE`; by default batches are cut by bytes alone (Infinity). */
  readonly maxBatchRecords: number;
  /** Of records waiting for the collector. `OTEL_REGISTER_MAX_MEMORY_BYTES`, default 32 MiB. */
  readonly maxMemoryBytes: number;
  /** `OTEL_REGISTER_EXIT_TIMEOUT_MS`, default 2000. */
  readonly exitTimeoutMs: number;
  /** Least severity exported. `OTEL_REGISTER_LOG_LEVEL`, else `LOG_LEVEL`; default 0, everything. */
  readonly minimumSeverity: SeverityNumber;
  /** `OTEL_REGISTER_BODY`, default `message`. */
  readonly body: 'message' | 'full';
  /** `OTEL_REGISTER_CONSOLE_INSTANCES=on|off`: also bridge `new console.Console()`; default on. */
  readonly hasConsoleInstances: boolean;
  /** `OTEL_REGISTER_DIAGNOSTICS=on|off`: whether we may say anything on stderr; default on. */
  readonly hasDiagnostics: boolean;
  /** `OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT`, `OTEL_ATTRIBUTE_COUNT_LIMIT`, default 128. */
  readonly maxAttributes: number;
  /** In UTF-16 units. `OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT`, `OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT`, default 8192. */
  readonly maxValueLength: number;
}
