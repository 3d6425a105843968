import { readConfig } from '../../config.js';
import { usageError } from '../command-error.js';

type Values = Readonly<Record<string, string | boolean | undefined>>;

const ENDPOINT = 'OTEL_EXPORTER_OTLP_ENDPOINT';
/** These would outrank it. */
const OWN_ENDPOINTS = ['LOGS', 'METRICS', 'TRACES'].map(
  signal => `OTEL_EXPORTER_OTLP_${signal}_ENDPOINT`,
);
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
  const { endpoint } = values;
  if (endpoint === undefined) return changed;
  for (const name of OWN_ENDPOINTS) delete changed[name];
  changed[ENDPOINT] = checked(endpoint as string);
  return changed;
}

// What can be corrected, the preload corrects, and says so. The rest would go to the default.
function checked(endpoint: string): string {
  const { config } = readConfig({ [ENDPOINT]: endpoint });
  if (config.corrections[ENDPOINT] !== '') return endpoint;
  throw usageError(`--endpoint is "${endpoint}", and not an http:// or https:// URL.`);
}
