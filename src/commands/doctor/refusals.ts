import type { Destination } from './destination.js';

interface Meaning {
  readonly means: string;
  readonly todo: string;
}

const HEADERS = 'OTEL_EXPORTER_OTLP_HEADERS';
const CREDENTIALS = /^(authorization|.*(api|auth|access|license|token|key|dataset|team).*)$/i;

/** What a collector means by a status that is no success. */
export function meaningOf(status: number, to: Destination, location?: string): Meaning {
  if (status === 401) return unauthorized(to);
  if (status === 403) {
    return {
      means: 'It knows the credentials, or wants none of them: not allowed, or expired.',
      todo: `Look at what the token in ${HEADERS} may do, and until when.`,
    };
  }
  if (status === 404 || status === 405) {
    return {
      means: `There is nothing at ${to.url.pathname} for records.`,
      todo: 'Correct the path of the endpoint: /v1/logs is appended to the one of all signals.',
    };
  }
  if (status >= 300 && status < 400) {
    return {
      means: `It wants to be asked elsewhere: ${location ?? 'it does not say where'}.`,
      todo: 'Use that address as the endpoint: redirections are not followed.',
    };
  }
  if (status === 415) {
    return {
      means: 'It does not take protobuf, or not compressed like this.',
      todo: 'Send to a collector that speaks http/protobuf, or set OTEL_EXPORTER_OTLP_COMPRESSION.',
    };
  }
  if (status === 429 || status >= 500) {
    return {
      means: 'It is overloaded, or broken behind. Records are kept, and tried again.',
      todo: 'Look at the collector, or at the proxy before it.',
    };
  }
  return { means: 'It refuses the request.', todo: 'Look at what the collector logs about it.' };
}

function unauthorized({ headers }: Destination): Meaning {
  const sent = Object.keys(headers).filter(name => CREDENTIALS.test(name));
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

/** Whether what came instead of an answer is the beginning of HTTP/2. */
export function isHttp2(error: NodeJS.ErrnoException): boolean {
  const { rawPacket } = error as { rawPacket?: Buffer };
  // A SETTINGS frame of stream 0: https://www.rfc-editor.org/rfc/rfc9113#section-6.5
  return rawPacket !== undefined && rawPacket.length >= 9 && rawPacket[3] === 4;
}
