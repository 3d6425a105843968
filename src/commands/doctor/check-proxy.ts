import type { Destination } from './destination.js';
import { type Finding, warning } from './finding.js';

/** Proxies that are set, though records do not go by them. */
export function checkProxy(to: Destination, env: NodeJS.ProcessEnv): Finding[] {
  const names = to.isTls ? ['https_proxy', 'all_proxy'] : ['http_proxy', 'all_proxy'];
  const set = Object.keys(env).find(name => names.includes(name.toLowerCase()) && env[name]);
  if (set === undefined || isLoopback(to.host) || isExempt(to, env)) return [];
  return [
    warning('proxy', `${set} is set, and records do not go by it`, {
      means: 'Where the collector is reached by the proxy alone, nothing arrives.',
      todo: `Send to a collector that is reached directly, and name ${to.host} in NO_PROXY.`,
    }),
  ];
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

// Names, suffixes with or without a dot, and `*`; a port may follow.
function isExempt({ host, port }: Destination, env: NodeJS.ProcessEnv): boolean {
  const exempt = (env.NO_PROXY || env.no_proxy || '').toLowerCase().split(/[\s,]+/);
  return exempt.some(entry => {
    const [, name = '', ofPort] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry) ?? [];
    if (ofPort !== undefined && Number(ofPort) !== port) return false;
    if (entry === '*') return true;
    return name !== '' && (host === name || host.endsWith(`.${name}`));
  });
}
