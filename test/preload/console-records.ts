import * as assert from 'uvu/assert';
import type { ReceivedLog } from '../../src/receiver/received-log.js';
import type { EnvironmentChanges } from '../helpers/child-environment.js';
import { endpointOf } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';
import { createReceiver } from '../receiver/receiver.js';

/** A record as tests compare it: severity, body, and attributes but `log.iostream` and `code.*`. */
export type Line = readonly [severityText: string, body: unknown, attributes?: object];

/** The records of a program given as text (CommonJS), or by its name in test/fixtures. */
export async function recordsOf(
  program: string,
  env: EnvironmentChanges = {},
): Promise<readonly ReceivedLog[]> {
  const collector = await createReceiver();
  try {
    const isFixture = /^\S+\.[cm]js$/.test(program);
    const { code, stderr } = await runNode({
      ...(isFixture ? { script: program } : { args: ['-e', program] }),
      env: { ...env, ...endpointOf(collector) },
    });
    assert.is(code, 0, stderr.toString());
    const repeated = collector.records.flatMap(record => record.repeatedKeys);
    assert.equal(repeated, [], 'OTLP forbids repeated keys');
    return collector.records;
  } finally {
    await collector.close();
  }
}

export function linesOf(records: readonly ReceivedLog[]): Line[] {
  return records.map(({ severityText, body, attributes }) => {
    const others = Object.entries(attributes).filter(
      ([key]) => !/^(log\.iostream$|code\.)/.test(key),
    );
    const rest = Object.fromEntries(others);
    return others.length > 0 ? [severityText, body, rest] : [severityText, body];
  });
}
