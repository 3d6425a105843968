import { isIP, type Socket } from 'node:net';
import { connect, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { Destination } from './destination.js';
import { type Finding, failure, ok, warning } from './finding.js';

const CA = 'OTEL_EXPORTER_OTLP_CERTIFICATE';

/** Shakes hands as the exporter would, and looks at the certificate whatever it is. */
export async function checkTls(
  to: Destination,
  socket: Socket,
  timeoutMs: number,
): Promise<Finding> {
  const result = await shakeHands(to, socket, timeoutMs);
  if (!('authorized' in result)) return noHandshake(result);
  const certificate = result.getPeerCertificate();
  const code = result.authorized ? undefined : String(result.authorizationError);
  const version = result.getProtocol();
  result.destroy();
  if (code === undefined) return ok('tls', `${version}, certificate of ${issuer(certificate)}`);
  const found = untrusted(code, certificate, to);
  if (process.env.NODE_TLS_REJECT_UNAUTHORIZED !== '0') return found;
  return warning('tls.unchecked', `${found.says}; accepted by NODE_TLS_REJECT_UNAUTHORIZED=0`, {
    means: 'Whoever is between here and the collector can read the records.',
    ...(found.todo !== undefined && { todo: found.todo }),
  });
}

function shakeHands(
  to: Destination,
  socket: Socket,
  timeoutMs: number,
): Promise<TLSSocket | NodeJS.ErrnoException> {
  return new Promise(resolve => {
    const name = isIP(to.host) === 0 ? { servername: to.host } : {};
    const tls = connect({ ...to.tls, ...name, host: to.host, socket, rejectUnauthorized: false });
    const timer = setTimeout(() => resolve(new Error('no answer in time')), timeoutMs);
    const end = (result: TLSSocket | NodeJS.ErrnoException) => {
      clearTimeout(timer);
      resolve(result);
    };
    tls.once('secureConnect', () => end(tls));
    tls.on('error', end);
    tls.once('close', () => end(new Error('hung up')));
  });
}

function noHandshake(error: NodeJS.ErrnoException): Finding {
  if (/wrong version number|packet length too long/i.test(error.message)) {
    return failure('tls', 'The port does not speak TLS', {
      means: 'The endpoint says https://, and plain HTTP answers there.',
      todo: 'Use http:// in the endpoint, or the port of TLS.',
    });
  }
  return failure('tls', `There is no TLS connection (${error.code ?? error.message})`, {
    means: 'The collector ended the handshake, or speaks something else.',
    todo: 'Look at what the collector logs; it may ask for a client certificate.',
  });
}

function untrusted(code: string, certificate: PeerCertificate, { host }: Destination): Finding {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const names = certificate.subjectaltname ?? certificate.subject?.CN ?? 'nobody';
    return failure('tls.host', `The certificate is not for ${host}, but for ${names}`, {
      means: 'It is another machine, or known by another name: nothing is sent.',
      todo: 'Use a name of the certificate in the endpoint.',
    });
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    const { valid_from: from, valid_to: to } = certificate;
    return failure('tls.time', `The certificate is valid from ${from} to ${to}`, {
      means: 'That is not now, by the clock of this machine: nothing is sent.',
      todo: 'Renew the certificate, or correct the clock.',
    });
  }
  return failure('tls.authority', `The certificate is of ${issuer(certificate)}, unknown here`, {
    means: `Its authority is not among those that are trusted (${code}): nothing is sent.`,
    todo: `Put the authority's certificate into a file, and name it in ${CA}.`,
  });
}

function issuer({ issuer }: PeerCertificate): string {
  return String(issuer?.O ?? issuer?.CN ?? 'nobody');
}
