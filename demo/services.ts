import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const SERVICES = ['collector', 'webhook', 'worker', 'api'] as const;
export type ServiceName = (typeof SERVICES)[number];

export interface ServicesOptions {
  /** Node and its flags, the preload among them. It runs in the repository's folder. */
  readonly command: readonly string[];
  /** Of all services, whole: nothing of ours is added but what tells them of each other. */
  readonly env: NodeJS.ProcessEnv;
  /** Default: examples/ of the repository. */
  readonly folder?: string | undefined;
  /** How jobs get to the workers; default is what examples/jobs chooses. */
  readonly jobsVia?: 'bullmq' | 'http' | 'redis';
  /** A worker in each; default is one, in fast-lane. */
  readonly workerPools?: readonly string[];
  /** Called for each line a service prints, of both streams. */
  readonly onLine?: (service: ServiceName, line: string) => void;
}

export interface Services {
  readonly apiUrl: string;
  /** By SIGTERM, as an orchestrator does it; resolves when all have ended. */
  stop(): Promise<void>;
}

/** Of the services that are no workers. */
export const MAIN_POOL = 'standard';

// We run compiled, from build/demo/. In the folder of its own package.json the package can be
// preloaded by name without being installed.
export const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const EXAMPLES = join(REPOSITORY, 'examples');
const START_TIMEOUT_MS = 30_000;

/** Starts api, workers, collector and webhook as processes of their own; rejects if one does not come up. */
export async function startServices(options: ServicesOptions): Promise<Services> {
  const { workerPools = ['fast-lane'] } = options;
  const children: ChildProcess[] = [];
  const stop = () => stopAll(children);
  const start = (name: ServiceName, ready: RegExp, env: NodeJS.ProcessEnv = {}) => {
    const child = spawnService(name, env, options);
    children.push(child);
    return lineOf(child, name, ready, options);
  };

  try {
    const [collector, webhook] = await Promise.all([
      start('collector', /listening on http:(\S+)/),
      start('webhook', /listening on (http:\S+)/),
    ]);
    const urls = { COLLECTOR_URL: `ws:${collector}`, WEBHOOK_URL: webhook };
    const startWorker = async (pool: string) =>
      `${pool}=${await start('worker', workerIsReady(options), { EMP_POOL: pool, ...urls })}`;
    const workers = await Promise.all(workerPools.map(startWorker));
    const apiUrl = await start('api', /listening on (http:\S+)/, {
      POOLS: workerPools.join(),
      WORKERS: workers.join(),
    });
    return { apiUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function workerIsReady({ jobsVia, env }: ServicesOptions): RegExp {
  const isHttp = (jobsVia ?? (env.REDIS_URL ? 'bullmq' : 'http')) === 'http';
  return isHttp ? /Waiting for jobs on (http:\S+)/ : /(Worker is ready)/;
}

function spawnService(
  name: ServiceName,
  env: NodeJS.ProcessEnv,
  { command, env: shared, folder = EXAMPLES, jobsVia }: ServicesOptions,
): ChildProcess {
  const [node, ...flags] = command;
  return spawn(node!, [...flags, join(relative(REPOSITORY, folder), name, 'app.js')], {
    cwd: REPOSITORY,
    env: {
      ...shared,
      EMP_POOL: MAIN_POOL,
      ...env,
      PORT: '0',
      ...(jobsVia && { JOBS_VIA: jobsVia }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function lineOf(
  child: ChildProcess,
  name: ServiceName,
  pattern: RegExp,
  { onLine }: ServicesOptions,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const printed: string[] = [];
    const fail = (what: string) =>
      reject(new Error(`${name} ${what} before it was ready:\n${printed.join('\n')}`));
    const timer = setTimeout(fail, START_TIMEOUT_MS, 'took too long');
    for (const input of [child.stdout!, child.stderr!]) {
      createInterface({ input }).on('line', line => {
        printed.push(line);
        onLine?.(name, line);
        const found = pattern.exec(line)?.[1];
        if (found !== undefined) resolve(found);
      });
    }
    child.once('close', code => fail(`ended with code ${code}`));
    child.once('close', () => clearTimeout(timer));
    child.once('spawn', () => timer.unref());
  });
}

async function stopAll(children: readonly ChildProcess[]): Promise<void> {
  const running = children.filter(({ exitCode, signalCode }) => (exitCode ?? signalCode) === null);
  const closed = running.map(child => once(child, 'close'));
  // The api first, then who works for it.
  for (const child of running.reverse()) child.kill('SIGTERM');
  await Promise.all(closed);
}
