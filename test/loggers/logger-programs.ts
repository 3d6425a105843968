import * as assert from 'uvu/assert';
import type { ReceivedLog } from '../../src/receiver/received-log.js';
import type { EnvironmentChanges } from '../helpers/child-environment.js';
import { endpointOf } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';
import { createReceiver } from '../receiver/receiver.js';

/** The records of a program given as text (an ES module). */
export async function recordsOfModule(program: string): Promise<readonly ReceivedLog[]> {
  const collector = await createReceiver();
  try {
    const { code, stderr } = await runNode({
      nodeArgs: ['--input-type=module'],
      args: ['-e', program],
      env: endpointOf(collector),
    });
    assert.is(code, 0, stderr.toString());
    return collector.records;
  } finally {
    await collector.close();
  }
}

/** A program (CommonJS) prints and ends as without the preload; its records are answered. */
export async function assertUnnoticed(
  program: string,
  env: EnvironmentChanges = {},
): Promise<readonly ReceivedLog[]> {
  const collector = await createReceiver();
  try {
    const options = { args: ['-e', program], env: { ...env, ...endpointOf(collector) } };
    const without = await runNode({ ...options, preload: false });

    const preloaded = await runNode(options);

    assert.is(String(preloaded.stdout), String(without.stdout));
    assert.is(String(preloaded.stderr), String(without.stderr));
    assert.is(preloaded.code, without.code);
    return collector.records;
  } finally {
    await collector.close();
  }
}
