import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const SERVICES = ['collector', 'webhook', 'worker', 'api'] as const;
export type ServiceName = (typeof SERVICES)[number];

export interface ServicesOptions {
  /** Node and its flags, the preload among them. */
  readonly command: readonly string[];
  /** Of all services, whole: nothing of ours is added but what tells them of each other. */
  readonly env: NodeJS.ProcessEnv;
  /** Default: examples/ of the repository. */
  readonly folder?: string | undefined;
  /** How jobs get to the worker; default is what examples/jobs chooses. */
  readonly jobsVia?: 'bullmq' | 'http' | 'redis';
  /** Called for each line a service prints, of both streams. */
  readonly onLine?: (service: ServiceName, line: string) => void;
}

export interface Services {
  readonly apiUrl: string;
  readonly children: Readonly<Record<ServiceName, ChildProcess>>;
  /** By SIGTERM, as an orchestrator does it; resolves when all have ended. */
  stop(): Promise<void>;
}

// We run compiled, from build/demo/.
const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));
const START_TIMEOUT_MS = 30_000;

/** Starts api, worker, collector and webhook as processes of their own; rejects if one does not come up. */
export async function startServices(options: ServicesOptions): Promise<Services> {
  const children: Partial<Record<ServiceName, ChildProcess>> = {};
  const stop = () => stopAll(Object.values(children));
  const start = (name: ServiceName, ready: RegExp, env: NodeJS.ProcessEnv) => {
    const child = spawnService(name, env, options);
    children[name] = child;
    return lineOf(child, name, ready, options);
  };

  try {
    const [collector, webhook] = await Promise.all([
      start('collector', /listening on http:(\S+)/, {}),
      start('webhook', /listening on (http:\S+)/, {}),
    ]);
    const worker = await start('worker', workerIsReady(options), {
      EMP_POOL: 'fast-lane',
      COLLECTOR_URL: `ws:${collector}`,
      WEBHOOK_URL: webhook,
    });
    const apiUrl = await start('api', /listening on (http:\S+)/, {
      POOLS: 'fast-lane',
      WORKER_URL: worker,
    });
    return { apiUrl, children: children as Record<ServiceName, ChildProcess>, stop };
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
  return spawn(node!, [...flags, 'app.js'], {
    cwd: `${folder}/${name}`,
    env: { ...shared, ...env, PORT: '0', ...(jobsVia && { JOBS_VIA: jobsVia }) },
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
