import type { Destination } from './destination.js';
import { type Finding, failure } from './finding.js';

/** First byte of a TLS record that says what went wrong: https://www.rfc-editor.org/rfc/rfc8446#section-5.1 */
const TLS_ALERT = 0x15;

/** What it means that a request without records got no answer. */
export function noAnswer(
  error: NodeJS.ErrnoException,
  to: Destination,
  timeoutMs: number,
): Finding {
  const { code, name, message } = error;
  if (name === 'TimeoutError' || name === 'AbortError') {
    return failure('http.timeout', `The collector takes the request, and says nothing`, {
      means: `No answer within ${timeoutMs} ms: records are kept, and tried again.`,
      todo: 'Look at the collector, or at the proxy before it: it is stuck or overloaded.',
    });
  }
  if (isHttp2(error)) {
    return failure('http.grpc', 'The port speaks HTTP/2 alone, as gRPC does', {
      means: `${to.host}:${to.port} does not understand OTLP over HTTP.`,
      todo: "Use the collector's port for OTLP over HTTP, usually 4318.",
    });
  }
  if (to.isTls && /CERTIFICATE|HANDSHAKE_FAILURE|UNKNOWN_CA/.test(code ?? '')) {
    return wantsCertificate(to, code!);
  }
  if (code?.startsWith('HPE_')) return otherLanguage(error, to);
  return failure('http', `The collector hangs up (${code ?? message})`, {
    means: to.isTls
      ? 'It closes the connection before it answers.'
      : 'It closes the connection before it answers; a port of TLS does, when asked by http://.',
    todo: to.isTls
      ? 'Look at what listens on that port, and at what it logs.'
      : 'Try https:// in the endpoint, and look at what listens on that port.',
  });
}

function wantsCertificate({ tls }: Destination, code: string): Finding {
  return failure('tls.client', 'The collector wants a certificate of its clients', {
    means: `It ends the connection ${tls.cert ? 'with the one it is shown' : 'without one'} (${code}).`,
    todo: 'Name one it trusts in OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE, its key in OTEL_EXPORTER_OTLP_CLIENT_KEY.',
  });
}

function otherLanguage(error: NodeJS.ErrnoException, { host, port }: Destination): Finding {
  const isTls = packetOf(error)?.[0] === TLS_ALERT;
  const says = isTls ? 'The port speaks TLS alone' : 'What listens there does not speak HTTP';
  return failure('http', says, {
    means: isTls
      ? 'The endpoint says http://, and TLS answers there.'
      : `${host}:${port} is the port of something else than a collector.`,
    todo: isTls
      ? 'Use https:// in the endpoint.'
      : "Use the collector's port for OTLP over HTTP, usually 4318.",
  });
}

/** Whether what came instead of an answer is the beginning of HTTP/2. */
function isHttp2(error: NodeJS.ErrnoException): boolean {
  const packet = packetOf(error);
  // A SETTINGS frame of stream 0: https://www.rfc-editor.org/rfc/rfc9113#section-6.5
  return packet !== undefined && packet.length >= 9 && packet[3] === 4 && packet[0] === 0;
}

function packetOf(error: NodeJS.ErrnoException): Buffer | undefined {
  return (error as { rawPacket?: Buffer }).rawPacket;
}
