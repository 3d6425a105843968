import type { LookupAddress } from 'node:dns';
import { connect, isIP, type Socket } from 'node:net';
import { monotonicMs } from '../../pipeline/clock.js';
import { checkTls } from './check-tls.js';
import { type Destination, endpointVariable } from './destination.js';
import { type Finding, failure, ok } from './finding.js';
import type { Surroundings } from './surroundings.js';

/** Ways to the collector are tried one after the other, up to the one that fails. */
export async function checkConnection(
  to: Destination,
  { timeoutMs, env }: Pick<Surroundings, 'timeoutMs' | 'env'>,
): Promise<Finding[]> {
  const name = isIP(to.host) === 0 ? await checkName(to, timeoutMs) : undefined;
  if (name?.status === 'failure') return [name];
  const startedMs = monotonicMs();
  const socket = await open(to, timeoutMs);
  const found = name === undefined ? [] : [name];
  if (!('remoteAddress' in socket)) return [...found, unreachable(to, socket, { timeoutMs, env })];
  const tookMs = monotonicMs() - startedMs;
  const tcp = ok('tcp', `Connected to ${at(socket)} in ${Math.ceil(tookMs)} ms`);
  try {
    return [...found, tcp, ...(to.isTls ? [await checkTls(to, socket, timeoutMs)] : [])];
  } finally {
    socket.destroy();
  }
}

async function checkName(to: Destination, timeoutMs: number): Promise<Finding> {
  const answer = await new Promise<LookupAddress[] | NodeJS.ErrnoException>(resolve => {
    const late = Object.assign(new Error('late'), { code: 'ETIMEOUT' });
    const timer = setTimeout(() => resolve(late), timeoutMs);
    to.resolver.lookup(to.host, { all: true }, (error, addresses) => {
      clearTimeout(timer);
      resolve(error ?? (addresses as LookupAddress[]));
    });
  });
  if (answer instanceof Error) {
    return failure('dns', `${to.host} is not found (${answer.code})`, {
      means: 'There is no address to send to, as seen from this machine.',
      todo: 'Correct the name in the endpoint, or ask why DNS does not know it here.',
    });
  }
  return ok('dns', `${to.host} is ${answer.map(({ address }) => address).join(', ')}`);
}

function open(to: Destination, timeoutMs: number): Promise<Socket | NodeJS.ErrnoException> {
  return new Promise(resolve => {
    const socket = connect({ host: to.host, port: to.port, lookup: to.resolver.lookup });
    const end = (result: Socket | NodeJS.ErrnoException) => {
      clearTimeout(timer);
      if (result !== socket) socket.destroy();
      resolve(result);
    };
    const timer = setTimeout(
      () => end(Object.assign(new Error('late'), { code: 'ETIMEDOUT' })),
      timeoutMs,
    );
    socket.once('connect', () => end(socket));
    socket.on('error', end);
  });
}

// Who has set nothing has most likely no collector yet, and did not choose that port.
function refused(place: string, env: NodeJS.ProcessEnv): Finding {
  const isDefault = endpointVariable(env) === undefined;
  return failure('tcp', `${place} refuses connections`, {
    means: isDefault
      ? 'No endpoint is set, so this is the usual one, and nothing listens on it.'
      : 'The machine is there, and nothing listens on that port.',
    todo: isDefault
      ? 'Set OTEL_EXPORTER_OTLP_ENDPOINT, or start a collector there. To see records on this ' +
        'machine, without one: otel-register view.'
      : 'Start the collector, or correct the port (OTLP over HTTP: 4318).',
  });
}

function unreachable(
  { host, port }: Destination,
  error: NodeJS.ErrnoException,
  { timeoutMs, env }: Pick<Surroundings, 'timeoutMs' | 'env'>,
): Finding {
  // One that was tried at several addresses says what became of the first.
  const code = error.code ?? (error as { errors?: NodeJS.ErrnoException[] }).errors?.[0]?.code;
  const place = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  if (code === 'ECONNREFUSED') return refused(place, env);
  if (code === 'ETIMEDOUT') {
    return failure('tcp', `${place} does not answer within ${timeoutMs} ms`, {
      means: 'Packets get lost on the way: a firewall, or a machine that is away.',
      todo: 'Allow connections to that port, or correct the endpoint.',
    });
  }
  return failure('tcp', `${place} cannot be reached (${code})`, {
    means: 'There is no way to that address from this machine.',
    todo: 'Correct the endpoint, or the network.',
  });
}

function at({ remoteAddress, remoteFamily, remotePort }: Socket): string {
  return remoteFamily === 'IPv6'
    ? `[${remoteAddress}]:${remotePort}`
    : `${remoteAddress}:${remotePort}`;
}
