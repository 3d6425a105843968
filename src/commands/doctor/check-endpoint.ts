import type { Destination } from './destination.js';
import { type Finding, failure, ok, warning } from './finding.js';
import { maskedValue } from './masked.js';

const GRPC_PORT = 4317;
/** Those that every request has, whatever the settings. */
const ORDINARY = new Set(['content-type', 'user-agent']);

/** What is known of the collector without asking it. */
export function checkEndpoint(to: Destination, env: NodeJS.ProcessEnv): Finding[] {
  return [...path(to, env), ...port(to), ok('endpoint', sending(to)), ...credentials(to)];
}

function sending({ compression, headers }: Destination): string {
  const shown = Object.entries(headers)
    .filter(([name]) => !ORDINARY.has(name.toLowerCase()))
    .map(([name, value]) => `${name}: ${maskedValue(value)}`);
  const body = `http/protobuf, ${compression === 'gzip' ? 'gzip' : 'not compressed'}`;
  return [body, ...(shown.length > 0 ? shown : ['no headers of yours'])].join(', ');
}

function path({ url }: Destination, env: NodeJS.ProcessEnv): Finding[] {
  if (!/\/v1\/logs\/+v1\/logs\/*$/.test(url.pathname)) return [];
  return [
    warning('endpoint.path', `The path names the signal twice: ${url.pathname}`, {
      means: 'Collectors have nothing there, and answer 404.',
      todo: env.OTEL_EXPORTER_OTLP_LOGS_ENDPOINT
        ? 'Name it once in OTEL_EXPORTER_OTLP_LOGS_ENDPOINT, which is used as it is.'
        : 'Leave /v1/logs out of OTEL_EXPORTER_OTLP_ENDPOINT: it is appended.',
    }),
  ];
}

function port({ port }: Destination): Finding[] {
  if (port !== GRPC_PORT) return [];
  return [
    warning('endpoint.port', `${GRPC_PORT} is the port of gRPC, which is not spoken here`, {
      means: 'A collector that speaks only gRPC there does not understand the request.',
      todo: 'Use the port of OTLP over HTTP, usually 4318.',
    }),
  ];
}

function credentials({ headers }: Destination): Finding[] {
  for (const [name, value] of Object.entries(headers)) {
    const expiredAt = expiry(value);
    if (expiredAt === undefined || expiredAt > Date.now()) continue;
    return [
      failure(
        'endpoint.token',
        `The token in ${name} expired on ${new Date(expiredAt).toISOString()}`,
        {
          means: 'The collector will refuse what is sent with it, mostly with 401 or 403.',
          todo: 'Put a new one into OTEL_EXPORTER_OTLP_HEADERS.',
        },
      ),
    ];
  }
  return [];
}

/** Of a JSON Web Token, in ms. https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4 */
function expiry(value: string): number | undefined {
  const [, payload] = /\bey[\w-]+\.(ey[\w-]+)\.[\w-]*$/.exec(value) ?? [];
  if (payload === undefined) return undefined;
  try {
    const { exp } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return typeof exp === 'number' && Math.abs(exp) < 1e11 ? exp * 1000 : undefined;
  } catch {
    // No token of that kind.
    return undefined;
  }
}
