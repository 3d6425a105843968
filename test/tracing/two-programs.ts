import * as assert from 'uvu/assert';
import type { EnvironmentChanges } from '../helpers/child-environment.js';
import { endpointOf } from '../helpers/collector.js';
import { listeningUrl } from '../helpers/listening-url.js';
import { type RunResult, runNode } from '../helpers/run-node.js';
import { createReceiver, type Receiver } from '../receiver/receiver.js';

export const SERVER = 2;
export const CLIENT = 3;

interface Options {
  readonly server?: string;
  readonly client: string;
  readonly args?: readonly string[];
  readonly serverEnv?: EnvironmentChanges;
  readonly clientEnv?: EnvironmentChanges;
  readonly preload?: 'import' | 'require';
}

/** What two preloaded programs sent, of which one asks the other until both have ended. */
export async function runTwoPrograms(options: Options): Promise<Receiver> {
  const { server = 'tracing/server.cjs', client, args = [], preload = 'import' } = options;
  const collector = await createReceiver();
  const env = endpointOf(collector);
  let asking: Promise<RunResult> | undefined;
  try {
    await runNode({
      script: server,
      preload,
      env: { ...env, OTEL_SERVICE_NAME: 'server', ...options.serverEnv },
      onSpawn: child => {
        asking = listeningUrl(child).then(url =>
          runNode({
            script: client,
            args: [url, ...args],
            preload,
            env: { ...env, OTEL_SERVICE_NAME: 'client', ...options.clientEnv },
          }),
        );
        // Awaited below, once the server has ended.
        asking.catch(() => child.kill('SIGKILL'));
      },
    });
    const { code, stderr } = await asking!;
    assert.is(code, 0, stderr.toString());
    return collector;
  } finally {
    await collector.close();
  }
}
