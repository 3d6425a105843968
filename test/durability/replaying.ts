import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { endpointOf } from '../helpers/collector.js';
import { type RunResult, runNode } from '../helpers/run-node.js';
import type { Receiver } from '../receiver/receiver.js';
import { makeSilent, processFolders, untilEmpty } from './spool-folders.js';

/** It looks after one second, and a second time 6.5 s later. */
const REPLAY_TIMEOUT_MS = 60_000;

/** A process that logs nothing, and delivers what dead ones left: until that is all. */
export async function replay(
  spoolDir: string,
  collector: Receiver,
  env: Record<string, string> = {},
): Promise<RunResult | undefined> {
  const left = processFolders(spoolDir);
  if (left.length === 0) return undefined;
  for (const path of left) makeSilent(join(spoolDir, path));

  let child: ChildProcess | undefined;
  const run = runNode({
    script: 'durability/stays.cjs',
    env: { ...endpointOf(collector), OTEL_REGISTER_SPOOL_DIR: spoolDir, ...env },
    timeoutMs: 2 * REPLAY_TIMEOUT_MS,
    onSpawn: spawned => {
      child = spawned;
    },
  });
  try {
    await untilEmpty(spoolDir, REPLAY_TIMEOUT_MS);
  } finally {
    child!.kill('SIGTERM');
  }
  return await run;
}
