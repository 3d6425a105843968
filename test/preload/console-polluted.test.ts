import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';
import { createReceiver } from '../receiver/receiver.js';

const test = suite('preload/console-polluted');

async function recordsOf(kind: string, env: Record<string, string>) {
  const collector = await createReceiver();
  try {
    await runNode({
      script: 'console/polluted.cjs',
      args: [kind],
      env: { ...endpointOf(collector), ...env },
    });
    return collector.records.map(({ severityText, body, eventName, scope, ...record }) => {
      const { attributes, droppedAttributesCount } = record;
      return { severityText, body, eventName, scope, attributes, droppedAttributesCount };
    });
  } finally {
    await collector.close();
  }
}

for (const [name, env] of [
  ['records', {}],
  [
    'records that are folded and limited',
    { OTEL_REGISTER_FOLD: 'on', OTEL_REGISTER_RATE_LIMIT: '1/h' },
  ],
  ['records out of the trail', { OTEL_REGISTER_TRAIL: 'trace', OTEL_REGISTER_LOG_LEVEL: 'warn' }],
] as const) {
  test(`${name} take nothing from Object.prototype`, async () => {
    const clean = await recordsOf('clean', env);

    assert.is(clean.at(-1)!.body, 'Error: fatal');
    assert.equal(timeless(await recordsOf('polluted', env)), timeless(clean));
  });
}

function timeless(records: readonly object[]): string[] {
  return records.map(record => JSON.stringify(record).replaceAll(/"\d{4}-[^"]+Z"/g, '"TIME"'));
}

test.run();
