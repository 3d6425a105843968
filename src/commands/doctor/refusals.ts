import { type Destination, endpointVariable } from './destination.js';

interface Meaning {
  readonly means: string;
  readonly todo: string;
}

/** Of the request that is explained. */
export interface Context {
  readonly location?: string | undefined;
  readonly env: NodeJS.ProcessEnv;
}

const OF_LOGS = 'OTEL_EXPORTER_OTLP_LOGS_ENDPOINT';
const HEADERS = 'OTEL_EXPORTER_OTLP_HEADERS';
const CREDENTIALS = /^(authorization|.*(api|auth|access|license|token|key|dataset|team).*)$/i;

/** What a collector means by a status that is no success. */
export function meaningOf(status: number, to: Destination, context: Context): Meaning {
  if (status === 401) return unauthorized(to);
  if (status === 403) return forbidden(to);
  if (status === 404 || status === 405) return nothingThere(to, context.env);
  if (status >= 300 && status < 400) return redirected(to, context);
  if (status === 407) {
    return {
      means: 'It is a proxy on the way that says so, and wants credentials of its own.',
      todo: 'Send to a collector that is reached directly.',
    };
  }
  if (status === 415) {
    return {
      means: 'It does not take protobuf, or not compressed like this.',
      todo: 'Send to a collector that speaks http/protobuf, or set OTEL_EXPORTER_OTLP_COMPRESSION.',
    };
  }
  if (status === 429) {
    return {
      means: 'It takes no more for now: a limit is reached, or it is overloaded. Records are kept.',
      todo: 'Look at the limits of the account, or at the collector.',
    };
  }
  if (status >= 500) {
    return {
      means: 'It is overloaded, or broken behind. Records are kept, and tried again.',
      todo: 'Look at the collector, or at the proxy before it.',
    };
  }
  return { means: 'It refuses the request.', todo: 'Look at what the collector logs about it.' };
}

function nothingThere({ url }: Destination, env: NodeJS.ProcessEnv): Meaning {
  const isOfLogs = endpointVariable(env) === OF_LOGS;
  return {
    means: `There is nothing at ${url.pathname} for records.`,
    todo: isOfLogs
      ? `Correct the path in ${OF_LOGS}: it is used as it is, and usually ends in /v1/logs.`
      : 'Correct OTEL_EXPORTER_OTLP_ENDPOINT, its port or the path before /v1/logs, which is appended.',
  };
}

function redirected({ url }: Destination, { location, env }: Context): Meaning {
  const there = location === undefined ? undefined : addressAt(location, url);
  const isOfLogs = endpointVariable(env) === OF_LOGS;
  const isForLogs = there?.endsWith('/v1/logs');
  return {
    means: `It wants to be asked elsewhere: ${there ?? 'it does not say where'}.`,
    todo: isForLogs
      ? `Redirections are not followed. Set the endpoint to ${isOfLogs ? there : there!.replace(/\/v1\/logs$/, '')}`
      : 'Redirections are not followed. Look at what is there: a page to log in, or another address.',
  };
}

// `URL.parse` came with Node 22.
function addressAt(location: string, base: URL): string {
  try {
    return new URL(location, base).href;
  } catch {
    return location;
  }
}

function forbidden(to: Destination): Meaning {
  const sent = credentialsOf(to);
  if (sent.length > 0) {
    return {
      means: `The credentials it is sent (${sent.join(', ')}) do not allow this, or have expired.`,
      todo: `Look at what the token in ${HEADERS} may do, and until when.`,
    };
  }
  return {
    means: 'It does not let this machine in, at least not without credentials: none are sent.',
    todo: `Set ${HEADERS}, for example authorization=Bearer%20<token>, or have this machine let in.`,
  };
}

function credentialsOf({ headers }: Destination): string[] {
  return Object.keys(headers).filter(name => CREDENTIALS.test(name));
}

function unauthorized(to: Destination): Meaning {
  const sent = credentialsOf(to);
  if (sent.length > 0) {
    return {
      means: `It does not take the credentials it is sent (${sent.join(', ')}).`,
      todo: `Correct them in ${HEADERS}; a space in a value is %20.`,
    };
  }
  return {
    means: 'It asks for credentials, and none are sent.',
    todo: `Set ${HEADERS}, for example authorization=Bearer%20<token>.`,
  };
}
