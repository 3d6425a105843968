import type { ReceivedLog } from '../../src/receiver/received-log.js';
import type { Entry } from '../../src/viewer/entry.js';
import { toEntries } from '../../src/viewer/entry.js';
import { seededRandom } from '../helpers/seeded-random.js';

const SCOPE = { name: 'console', version: '', attributes: {} };

/** A received record of severity INFO at time 1, with what a test describes on top. */
export function receivedLog(described: Partial<ReceivedLog> = {}): ReceivedLog {
  return {
    timeUnixNano: 1n,
    observedTimeUnixNano: 0n,
    severityNumber: 9,
    severityText: 'INFO',
    body: '',
    attributes: {},
    repeatedKeys: [],
    droppedAttributesCount: 0,
    traceId: '',
    spanId: '',
    flags: 0,
    eventName: '',
    scope: SCOPE,
    resource: {},
    ...described,
  };
}

export function entry(described: Partial<ReceivedLog> = {}): Entry {
  return toEntries([receivedLog(described)])[0]!;
}

const SERVICES = ['api', 'worker', 'webhook', 'gateway'].map(name => ({
  'service.name': name,
  'service.version': '1.2.0',
  'emp.pool.name': name === 'worker' ? 'fast-lane' : 'standard',
  'host.name': `${name}-1`,
  'process.runtime.name': 'nodejs',
}));
const MODELS = ['flux-dev', 'wan-2.1', 'sdxl-turbo'];
const TEXTS = ['Job received for customer', 'Redis queue length', 'Model loaded from cache in ms'];

/** Entries as a few services would log them, with one error in a hundred. */
export function workload(count: number, seed: number): Entry[] {
  const random = seededRandom(seed);
  const logs = Array.from({ length: count }, (_, index): ReceivedLog => {
    const id = random.integer(1e9);
    const isError = random.integer(100) === 0;
    return receivedLog({
      timeUnixNano: 1_790_000_000_000_000_000n + BigInt(seed * count + index) * 1_000_000n,
      severityNumber: isError ? 17 : random.pick([5, 9, 9, 9, 13]),
      severityText: '',
      body: isError ? `Timeout of job ${id} after 30 s` : `${random.pick(TEXTS)} ${id}`,
      attributes: {
        job_id: `job-${id}`,
        customer_id: `c${random.integer(5000)}`,
        model: random.pick(MODELS),
        duration_ms: random.integer(10_000),
        'log.iostream': 'stdout',
      },
      traceId: id.toString(16).padStart(32, 'a'),
      spanId: id.toString(16).padStart(16, 'b'),
      // Batches of one service follow each other.
      resource: SERVICES[Math.floor(index / 100) % SERVICES.length]!,
    });
  });
  return toEntries(logs);
}
