// Log context on its way to other programs, as `baggage`. https://www.w3.org/TR/baggage/
import { parsePeer } from '../propagation/peer-rules.js';
import { listed } from './traces.js';
import { type Reading, reject, text } from './values.js';

export interface PropagationConfig {
  /** Fields of the log context that go along, and are taken in. `OTEL_REGISTER_CONTEXT_KEYS`. */
  readonly keys: readonly string[];
  /** Whom they are for, and taken from. `OTEL_REGISTER_PROPAGATE_TO`. */
  readonly peers: readonly string[];
}

export const DEFAULT_KEYS: readonly string[] = [
  'request_id',
  'job_id',
  'step_id',
  'task_id',
  'session_id',
  'customer_id',
  'service_required',
];
/** One's own house, as names and addresses tell: nothing is resolved. */
export const DEFAULT_PEERS: readonly string[] = [
  'loopback',
  'private',
  'single-label',
  '*.svc',
  '*.svc.cluster.local',
  '*.internal',
];

/** A `token` of HTTP: what a name in the header may be. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]{1,128}$/;

/** undefined: nothing is sent or read, because `OTEL_PROPAGATORS` leaves baggage out, or there is nobody. */
export function readPropagation(reading: Reading): PropagationConfig | undefined {
  const keys = readContextKeys(reading);
  const peers = readList(reading, 'OTEL_REGISTER_PROPAGATE_TO', {
    otherwise: DEFAULT_PEERS,
    accepts: peer => parsePeer(peer) !== undefined,
    what: 'host names (* for any part), addresses, ranges (10.0.0.0/8), loopback, private or single-label',
  });
  const propagators = listed(reading.env.OTEL_PROPAGATORS || 'baggage');
  const isOn = propagators.includes('baggage') && !propagators.includes('none');
  return isOn && peers.length > 0 ? Object.freeze({ keys, peers }) : undefined;
}

/** Also for what does not come by HTTP. */
export function readContextKeys(reading: Reading): readonly string[] {
  return readList(reading, 'OTEL_REGISTER_CONTEXT_KEYS', {
    otherwise: DEFAULT_KEYS,
    accepts: key => TOKEN.test(key),
    what: 'names without spaces, commas or quotes',
  });
}

interface ListOptions {
  readonly otherwise: readonly string[];
  accepts(item: string): boolean;
  /** What is accepted, in words. */
  readonly what: string;
}

function readList(reading: Reading, name: string, options: ListOptions): readonly string[] {
  const value = text(reading, name);
  if (value === undefined) return options.otherwise;
  if (value.toLowerCase() === 'none') return [];

  const items = value
    .split(',')
    .map(item => item.trim())
    .filter(item => item !== '');
  const good = items.filter(options.accepts);
  if (good.length < items.length) {
    const used = good.join(',') || 'none';
    reject(reading, name, `has others than ${options.what}; using ${used}`);
  }
  return good;
}
