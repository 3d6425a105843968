import type { Agent } from 'node:http';
import type { SecureContextOptions } from 'node:tls';
import { AddressResolver } from '../../pipeline/resolve-address.js';
import { readSettings } from '../../pipeline/send.js';

/** The first that is set counts. */
const ENDPOINTS = ['OTEL_EXPORTER_OTLP_LOGS_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'];

/** Where records go, and with what, as the exporter thread has it. */
export interface Destination {
  readonly url: URL;
  readonly isTls: boolean;
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly compression: 'gzip' | 'none';
  readonly agent: Agent;
  /** What OTEL_EXPORTER_OTLP_CERTIFICATE and its like name. */
  readonly tls: SecureContextOptions;
  readonly resolver: AddressResolver;
}

/** Which variable says where logs go; undefined: none does. `env` is as it was given to the program. */
export function endpointVariable(env: NodeJS.ProcessEnv): string | undefined {
  return ENDPOINTS.find(name => env[name]?.trim());
}

/** Reads `process.env`, as OTel's exporter does. @throws What the first attempt to send would. */
export async function readDestination(logsUrl: string): Promise<Destination> {
  const url = new URL(logsUrl);
  const settings = readSettings(logsUrl);
  const agent = (await settings.agentFactory(url.protocol)) as Agent;
  const isTls = url.protocol === 'https:';
  const { ca, cert, key } = (agent as { options?: SecureContextOptions }).options ?? {};
  return {
    url,
    isTls,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port) || (isTls ? 443 : 80),
    headers: await settings.headers(),
    compression: settings.compression === 'gzip' ? 'gzip' : 'none',
    agent,
    tls: { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) },
    resolver: new AddressResolver(),
  };
}
