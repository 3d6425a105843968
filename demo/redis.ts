import { Redis } from 'ioredis';

export interface DemoRedis {
  readonly url: string;
  /** Before the names of queues: those of other programs are none of ours. */
  readonly prefix: string;
  /** Removes what was kept under the prefix. */
  forget(): Promise<void>;
}

const DEFAULT_URL = 'redis://127.0.0.1:6379';
const CONNECT_TIMEOUT_MS = 500;

/** The Redis that REDIS_URL names, else the one of this machine; undefined if it does not answer. */
export async function findRedis(url = DEFAULT_URL): Promise<DemoRedis | undefined> {
  const prefix = `otel-register-demo-${process.pid}`;
  const isReached = await withClient(url, client => client.ping()).then(
    () => true,
    () => false,
  );
  if (!isReached) return undefined;
  return { url, prefix, forget: () => withClient(url, client => removeKeys(client, prefix)) };
}

async function withClient<T>(url: string, run: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    commandTimeout: CONNECT_TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  // What matters of it rejects the command as well.
  client.on('error', () => {});
  try {
    await client.connect();
    return await run(client);
  } finally {
    client.disconnect();
  }
}

async function removeKeys(client: Redis, prefix: string): Promise<void> {
  for await (const keys of client.scanStream({ match: `${prefix}:*`, count: 1000 })) {
    if (keys.length > 0) await client.del(...(keys as string[]));
  }
}
