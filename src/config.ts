import { readCallSites } from './config/call-sites.js';
import { readSignalUrl } from './config/endpoint.js';
import { checkExporter } from './config/exporter.js';
import { readLimits } from './config/limits.js';
import { type MessagesConfig, readMessages } from './config/messages.js';
import { type MetricsConfig, readMetrics } from './config/metrics.js';
import { readNoise } from './config/noise.js';
import { type LogFormat, readOutput } from './config/output.js';
import { checkOwnNames } from './config/own-names.js';
import { type PropagationConfig, readPropagation } from './config/propagation.js';
import { type RedactNames, readRedaction } from './config/redaction.js';
import { checkResourceAttributes } from './config/resource-attributes.js';
import { readRules } from './config/rules.js';
import { readSpool } from './config/spool.js';
import { readTraces, type TracesConfig } from './config/traces.js';
import { choice, either, flag, type Reading, reject, report, text } from './config/values.js';
import { objectKeys } from './convert/intrinsics.js';
import type { RequestIdAnswer } from './http/bind-requests.js';
import { LOGS, METRICS, TRACES } from './otlp-signal.js';
import type { RulesSource } from './rules/source.js';
import { LEVEL_NAMES, type SeverityNumber, severityFromName } from './severity.js';

const CREDENTIALS = ['HEADERS', 'CLIENT_CERTIFICATE'].flatMap(name => [
  `OTEL_EXPORTER_OTLP_${name}`,
  `OTEL_EXPORTER_OTLP_LOGS_${name}`,
]);

/** Everything the environment may say, read once at start. Frozen, and plain enough for `workerData`. */
export interface Config {
  /** `OTEL_SDK_DISABLED=true`, or `OTEL_LOGS_EXPORTER=none`: nothing is loaded or patched. */
  readonly isDisabled: boolean;
  /** Where log records are posted to, corrected: always an absolute http(s) URL. */
  readonly logsUrl: string;
  /** Metrics about ourselves; undefined for none. `OTEL_METRICS_EXPORTER`, default `none`. */
  readonly metrics: MetricsConfig | undefined;
  /** Spans of our own; undefined for none. `OTEL_REGISTER_TRACES`, `OTEL_TRACES_EXPORTER`. */
  readonly traces: TracesConfig | undefined;
  /** Log context to and from other programs; undefined for none. `OTEL_REGISTER_CONTEXT_KEYS`, `_PROPAGATE_TO`. */
  readonly propagation: PropagationConfig | undefined;
  /** What tells this destination from others, credentials included: not for showing. */
  readonly destination: readonly string[];
  /**
   * Variable → the value used in place of a bad one; empty: as if it were unset.
   * `exporterEnvironment` applies them.
   */
  readonly corrections: Readonly<Record<string, string>>;
  /** How long a record may wait for neighbours. `OTEL_BLRP_SCHEDULE_DELAY`, default 200. */
  /** How long a record may wait for neighbours. */
  readonly lingerMs: number;
  /** Between two requests with records that are on disk. */
  readonly intervalMs: number;
  /** `OTEL_BLRP_MAX_EXPORT_BATCH_SIZE`; by default batches are cut by bytes alone (Infinity). */
  readonly maxBatchRecords: number;
  /** In memory, of records waiting for the collector. `OTEL_REGISTER_MAX_MEMORY_BYTES`, default 32 MiB. */
  readonly maxMemoryBytes: number;
  /** `OTEL_REGISTER_SPOOL=on|off`: keep on disk what is not delivered; default on. */
  readonly hasSpool: boolean;
  /** `OTEL_REGISTER_SPOOL_DIR`; by default a folder that survives a restart is looked for. */
  readonly spoolDir: string | undefined;
  /** The first of `STATE_DIRECTORY`, by which systemd tells a service of its own. */
  readonly stateDirectory: string | undefined;
  /** Of one process. `OTEL_REGISTER_SPOOL_MAX_BYTES`, default 256 MiB. */
  readonly maxSpoolBytes: number;
  /** What dead processes left is delivered until it is so old. `OTEL_REGISTER_SPOOL_MAX_AGE`, default 24h. */
  readonly maxSpoolAgeMs: number;
  /** From here on a record is on disk when the call returns; Infinity: none. `OTEL_REGISTER_WRITE_THROUGH`, default `error`. */
  readonly writeThroughSeverity: SeverityNumber;
  /** Set by `otel-register run` for the processes under it: `OTEL_REGISTER_RUN_ID`. */
  readonly runId: string | undefined;
  /** `OTEL_REGISTER_EXIT_TIMEOUT_MS`, default 2000. */
  readonly exitTimeoutMs: number;
  /** Least severity exported. `OTEL_REGISTER_LOG_LEVEL`, else `LOG_LEVEL`; default 0, everything. */
  readonly minimumSeverity: SeverityNumber;
  /** `OTEL_REGISTER_RULES`: a file, or names of ready-made sets; default none. */
  readonly rules: RulesSource | undefined;
  /** `OTEL_REGISTER_LEVEL_SIGNAL`: toggles the least severity exported; default none. */
  readonly levelSignal: NodeJS.Signals | undefined;
  /** From there on records say where they were logged; Infinity: none. `OTEL_REGISTER_CALL_SITES`, default ERROR. */
  readonly callSiteSeverity: SeverityNumber;
  /** `OTEL_REGISTER_FOLD=on|off`: identical records in a row become one; default off. */
  readonly hasFold: boolean;
  /** Of one kind of record; Infinity: all. `OTEL_REGISTER_RATE_LIMIT`, default off. */
  readonly maxPerSecond: number;
  /** From there on what is below the least is kept for errors; Infinity: none. `OTEL_REGISTER_TRAIL`, default off. */
  readonly trailSeverity: SeverityNumber;
  /** `OTEL_REGISTER_BODY`, default `message`. */
  readonly body: 'message' | 'full';
  /** `OTEL_REGISTER_REQUEST_ID_HEADER=off|echo|always`, default `echo`. */
  readonly requestIdAnswer: RequestIdAnswer;
  /** What goes to children and queues, and what is taken from them. */
  readonly messages: MessagesConfig;
  /** `OTEL_REGISTER_REDACT=on|off`: take secrets out of records; default on. */
  readonly hasRedaction: boolean;
  /** `OTEL_REGISTER_REDACT_KEYS`: beside those that are known. */
  readonly redactNames: RedactNames;
  /** `OTEL_REGISTER_CONSOLE_INSTANCES=on|off`: also bridge `new console.Console()`; default on. */
  readonly hasConsoleInstances: boolean;
  /** `OTEL_REGISTER_CAPTURE_STDIO=on|off`: also what is written past console and loggers; default off. */
  readonly hasStdio: boolean;
  /** `OTEL_REGISTER_LOG_FORMAT=json|console`: how the console's lines are printed; default: as they are. */
  readonly logFormat: LogFormat | undefined;
  /** `service.name` as the environment has it, for those lines; what is detected is known too late. */
  readonly serviceName: string | undefined;
  /** `OTEL_REGISTER_DIAGNOSTICS=on|off`: whether we may say anything on stderr; default on. */
  readonly hasDiagnostics: boolean;
  /** `OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT`, `OTEL_ATTRIBUTE_COUNT_LIMIT`, default 128. */
  readonly maxAttributes: number;
  /** In UTF-16 units. `OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT`, `OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT`, default 8192. */
  readonly maxValueLength: number;
}

/** Never throws: a bad value costs one line in `problems` and falls back to what that line names. */
export function readConfig(env: NodeJS.ProcessEnv): {
  config: Config;
  problems: readonly string[];
} {
  const reading: Reading = { env, problems: new Map(), corrections: {} };
  const isDisabled = readDisabled(reading);
  const logsUrl = readSignalUrl(reading, LOGS);
  const metrics = readMetrics(reading);
  const traces = readTraces(reading);
  checkExporter(reading, [LOGS, ...(metrics ? [METRICS] : []), ...(traces?.url ? [TRACES] : [])]);
  const minimumSeverity = readMinimumSeverity(reading);
  const config = Object.freeze({
    isDisabled,
    logsUrl,
    metrics,
    traces,
    propagation: readPropagation(reading),
    destination: readDestination(reading, logsUrl),
    ...readLimits(reading),
    ...readSpool(reading),
    ...readRules(reading),
    ...readCallSites(reading),
    ...readNoise(reading, minimumSeverity),
    ...readOutput(reading),
    ...readRedaction(reading),
    minimumSeverity,
    body: choice(reading, 'OTEL_REGISTER_BODY', {
      values: ['message', 'full'],
      otherwise: 'message',
    }),
    requestIdAnswer: choice(reading, 'OTEL_REGISTER_REQUEST_ID_HEADER', {
      values: ['off', 'echo', 'always'],
      otherwise: 'echo',
    }),
    messages: readMessages(reading),
    hasConsoleInstances: flag(reading, 'OTEL_REGISTER_CONSOLE_INSTANCES', 'on'),
    hasStdio: flag(reading, 'OTEL_REGISTER_CAPTURE_STDIO', 'off'),
    hasDiagnostics: flag(reading, 'OTEL_REGISTER_DIAGNOSTICS', 'on'),
    corrections: reading.corrections,
  });
  // Read by resource detectors.
  text(reading, 'OTEL_SERVICE_NAME');
  checkResourceAttributes(reading);
  checkOwnNames(reading);
  if (text(reading, 'OTEL_CONFIG_FILE') !== undefined) {
    report(reading, 'OTEL_CONFIG_FILE', 'is not read; using the environment alone');
  }
  Object.freeze(reading.corrections);

  // Whoever switched us off does not want to hear from us.
  return { config, problems: isDisabled ? [] : [...reading.problems.values()] };
}

/**
 * Environment of the exporter thread, where OTel's exporter reads its part of it: bad values
 * corrected, and without `NODE_OPTIONS`, which would preload us again.
 */
export function exporterEnvironment(
  env: NodeJS.ProcessEnv,
  config: Config,
): Record<string, string> {
  const snapshot: Record<string, string> = {};
  const all: NodeJS.ProcessEnv = { ...env, ...config.corrections };
  const names = objectKeys(all);
  for (let i = 0; i < names.length; i++) {
    const name = names[i]!;
    const value = all[name];
    if (value === undefined || name === 'NODE_OPTIONS') continue;
    if (config.corrections[name] !== '') snapshot[name] = value;
  }
  snapshot.OTEL_EXPORTER_OTLP_LOGS_ENDPOINT = config.logsUrl;
  if (config.metrics) snapshot.OTEL_EXPORTER_OTLP_METRICS_ENDPOINT = config.metrics.url;
  if (config.traces?.url) snapshot.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT = config.traces.url;
  return snapshot;
}

// By whose credentials, too: one tenant's records must not leave by another's.
function readDestination({ env, corrections }: Reading, logsUrl: string): readonly string[] {
  return [logsUrl, ...CREDENTIALS.map(name => corrections[name] ?? env[name] ?? '')];
}

// The specification's booleans know no other spelling.
// https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/#boolean
function readDisabled(reading: Reading): boolean {
  const values = ['true', 'false'] as const;
  if (choice(reading, 'OTEL_SDK_DISABLED', { values, otherwise: 'false' }) === 'true') return true;

  const exporters = text(reading, 'OTEL_LOGS_EXPORTER') ?? 'otlp';
  const names = exporters.split(',').map(name => name.trim().toLowerCase());
  if (names.includes('none')) return true;
  if (names.some(name => name !== 'otlp')) {
    reject(reading, 'OTEL_LOGS_EXPORTER', 'is not otlp or none; using otlp');
  }
  return false;
}

function readMinimumSeverity(reading: Reading): SeverityNumber {
  // Not ours: applications use it for their own logger, with names we cannot know.
  const shared = severityFromName(reading.env.LOG_LEVEL ?? '') ?? 0;

  const name = text(reading, 'OTEL_REGISTER_LOG_LEVEL');
  if (name === undefined) return shared;
  const severity = severityFromName(name);
  if (severity !== undefined) return severity;

  const used = shared === 0 ? 'every level' : 'LOG_LEVEL';
  reject(reading, 'OTEL_REGISTER_LOG_LEVEL', `is not ${either(LEVEL_NAMES)}; using ${used}`);
  return shared;
}
