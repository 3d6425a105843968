import { readConfig } from '../../config.js';
import { usageError } from '../command-error.js';

type Values = Readonly<Record<string, string | boolean | undefined>>;

const ENDPOINT = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const SIGNALS = ['LOGS_', 'METRICS_', 'TRACES_'];
/** These would outrank it. */
const OWN_ENDPOINTS = SIGNALS.map(signal => `OTEL_EXPORTER_OTLP_${signal}ENDPOINT`);
const HEADERS = ['', ...SIGNALS].map(signal => `OTEL_EXPORTER_OTLP_${signal}HEADERS`);
const WATCHED_DELAY_MS = '200';
const VARIABLES = {
  service: 'OTEL_SERVICE_NAME',
  pool: 'EMP_POOL',
  level: 'OTEL_REGISTER_LOG_LEVEL',
} as const;

/** The environment with what was asked for on the command line, which wins. */
export function withSettings(env: NodeJS.ProcessEnv, values: Values): NodeJS.ProcessEnv {
  const changed = { ...env };
  for (const [option, variable] of Object.entries(VARIABLES)) {
    if (values[option] !== undefined) changed[variable] = values[option] as string;
  }
  const { endpoint, view } = values;
  if (endpoint === undefined) return changed;
  if (view) throw usageError('--view is an endpoint of its own: leave out --endpoint.');
  return sendingTo(checked(endpoint as string), changed);
}

/**
 * The environment with the viewer as the collector, which gets nobody's credentials, and records
 * sooner than one that nobody watches.
 */
export function withViewer(env: NodeJS.ProcessEnv, receiverUrl: string): NodeJS.ProcessEnv {
  const changed = sendingTo(receiverUrl, { OTEL_BLRP_SCHEDULE_DELAY: WATCHED_DELAY_MS, ...env });
  for (const name of HEADERS) delete changed[name];
  return changed;
}

function sendingTo(endpoint: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const changed: NodeJS.ProcessEnv = { ...env, [ENDPOINT]: endpoint };
  for (const name of OWN_ENDPOINTS) delete changed[name];
  return changed;
}

// What can be corrected is: each process would do so, and speak of a variable that nobody has set.
// The rest would go to the default.
function checked(endpoint: string): string {
  const { config } = readConfig({ [ENDPOINT]: endpoint });
  const corrected = config.corrections[ENDPOINT];
  if (corrected !== '') return corrected ?? endpoint;
  throw usageError(`--endpoint is "${endpoint}", and not an http:// or https:// URL.`);
}
