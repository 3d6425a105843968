import type { Peers } from './peers.js';

export interface ReceivedRequest {
  readonly socket?: object | null;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** In which proxies say whom they stand for. */
const CLIENT_HEADERS = [
  'x-forwarded-for',
  'x-original-forwarded-for',
  'x-real-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'x-envoy-external-address',
  'x-azure-clientip',
  'x-appengine-user-ip',
  'true-client-ip',
  'cf-connecting-ip',
  'cf-connecting-ipv6',
  'fastly-client-ip',
  'fly-client-ip',
  'do-connecting-ip',
] as const;

/**
 * Whether a request comes from one of `peers`, all the way. That its connection does, only the socket
 * tells. What proxies say of their clients counts against it alone: one of ours that passes on what a
 * stranger sent is a peer as well.
 */
export function comesFrom(peers: Peers, { socket, headers }: ReceivedRequest): boolean {
  const { remoteAddress } = (socket ?? {}) as { remoteAddress?: unknown };
  if (typeof remoteAddress !== 'string' || !peers.allowsAddress(remoteAddress)) return false;
  return clientsOf(headers).every(client => peers.allowsAddress(client));
}

function clientsOf(headers: ReceivedRequest['headers']): string[] {
  const { forwarded } = headers;
  const lists = CLIENT_HEADERS.map(name => headers[name]).filter(list => list !== undefined);
  // `for=192.0.2.60;proto=http, for="[2001:db8::17]:4711"`
  const named = [...String(forwarded ?? '').matchAll(/\bfor=([^;,]*)/gi)].map(([, name]) => name!);
  return [...lists.flatMap(list => String(list).split(',')), ...named].map(bareAddress);
}

function bareAddress(text: string): string {
  return text
    .trim()
    .replace(/^"|"$/g, '')
    .replace(/^\[([^\]]*)\](?::\d+)?$/, '$1')
    .replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1');
}
