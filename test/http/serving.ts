import type { ReceivedLog } from '../../src/receiver/received-log.js';
import type { EnvironmentChanges } from '../helpers/child-environment.js';
import { endpointOf } from '../helpers/collector.js';
import { listeningUrl } from '../helpers/listening-url.js';
import { runNode } from '../helpers/run-node.js';
import { createReceiver } from '../receiver/receiver.js';

export interface Serving {
  readonly script: string;
  readonly args: readonly string[];
  readonly env?: EnvironmentChanges;
}

/** The records of a server that ends by itself when `visit` has asked it to. */
export async function recordsWhileServing(
  { script, args, env }: Serving,
  visit: (url: string) => Promise<void>,
): Promise<readonly ReceivedLog[]> {
  const collector = await createReceiver();
  let visiting: Promise<void> = Promise.resolve();
  try {
    await runNode({
      script,
      args,
      env: { ...endpointOf(collector), ...env },
      onSpawn: child => {
        visiting = listeningUrl(child).then(visit);
        // Awaited below, once the program has ended.
        visiting.catch(() => child.kill('SIGKILL'));
      },
    });
    await visiting;
    return collector.records;
  } finally {
    await collector.close();
  }
}
