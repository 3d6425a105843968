import { parseResourceAttributes } from '../resource-detectors/environment.js';
import { either, type Reading, reject, text } from './values.js';

const FORMATS = ['json', 'console'] as const;
const NAME = 'OTEL_REGISTER_LOG_FORMAT';

/** How the console's lines are printed: for machines, or for people. */
export type LogFormat = (typeof FORMATS)[number];

export function readOutput(reading: Reading): {
  readonly logFormat: LogFormat | undefined;
  readonly serviceName: string | undefined;
} {
  const logFormat = readFormat(reading);
  const serviceName = logFormat === undefined ? undefined : readServiceName(reading);
  return { logFormat, serviceName };
}

function readFormat(reading: Reading): LogFormat | undefined {
  const given = text(reading, NAME);
  if (given === undefined) return undefined;
  const format = FORMATS.find(known => known === given.toLowerCase());
  if (format === undefined) {
    reject(reading, NAME, `is not ${either(FORMATS)}; leaving the output as it is`);
  }
  return format;
}

function readServiceName(reading: Reading): string | undefined {
  const attributes = text(reading, 'OTEL_RESOURCE_ATTRIBUTES') ?? '';
  const name = parseResourceAttributes(attributes).attributes['service.name'];
  return text(reading, 'OTEL_SERVICE_NAME') ?? (name || undefined);
}
