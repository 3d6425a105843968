import type { TextMapSetter } from '@opentelemetry/api';

/** 127/8, 10/8, 172.16/12, 192.168/16, 169.254/16; and loopback, unique and link-local ones of IPv6. */
const PRIVATE_ADDRESS =
  /^(?:127\.|10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.)[\d.]+$|^(?:::1|f[cd][\da-f]{2}:|fe[89ab][\da-f]:)/i;
const PRIVATE_NAME = /\.(?:svc|internal|local|localhost|svc\.cluster\.local)$/i;

/**
 * Whether a host is one of our own. Baggage holds what one's customers are called: it is for those
 * alone, and not for the payment provider's API.
 *
 * @param host Without a port, nor brackets.
 */
export function isNearPeer(host: string): boolean {
  if (PRIVATE_ADDRESS.test(host) || PRIVATE_NAME.test(host)) return true;
  return host !== '' && !host.includes('.') && !host.includes(':');
}

/** As `set`, for what may go to that host. */
export function setterFor<Carrier>(
  host: unknown,
  set: TextMapSetter<Carrier>['set'],
): TextMapSetter<Carrier> {
  if (typeof host === 'string' && isNearPeer(host)) return { set };
  return {
    set(carrier, name, value) {
      if (name !== 'baggage') set(carrier, name, value);
    },
  };
}
