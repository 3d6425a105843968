import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ReceivedLog } from '../../src/receiver/received-log.js';
import type { EnvironmentChanges } from '../helpers/child-environment.js';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { HAS_REDIS, withRedis } from '../helpers/redis-server.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('messages/subscribers');
const onRedis = HAS_REDIS ? test : test.skip;

for (const client of ['ioredis', 'node-redis']) {
  onRedis(`with ${client}, what a message names is bound while it is handled`, async () => {
    const records = await run(client);

    const job = (id: string) => ({ job_id: id, customer_id: 'c-1' });
    for (const body of ['message', 'later']) {
      const lines = records.filter(record => record.body === body);
      assert.equal(lines.map(idsOf), [job('job-1'), {}, {}, {}, job('job-2'), {}, job('job-3')]);
    }
  });
}

onRedis('only the names that are asked for are bound', async () => {
  const records = await run('ioredis', { OTEL_REGISTER_CONTEXT_KEYS: 'customer_id' });

  assert.equal(
    records.map(idsOf).find(fields => 'customer_id' in fields),
    { customer_id: 'c-1' },
  );
});

onRedis('and none where they are switched off', async () => {
  const records = await run('node-redis', { OTEL_REGISTER_CONTEXT_KEYS: 'none' });

  assert.is(records.length, 14);
  assert.equal(
    records.map(idsOf).filter(fields => Object.keys(fields).length > 0),
    [],
  );
});

async function run(client: string, env: EnvironmentChanges = {}): Promise<readonly ReceivedLog[]> {
  let records: readonly ReceivedLog[] = [];
  await withRedis(port =>
    withCollector(async collector => {
      const { code, stderr } = await runNode({
        script: 'messages/subscribers.cjs',
        args: [client, String(port)],
        env: { ...endpointOf(collector), ...env },
      });
      assert.is(code, 0, stderr.toString());
      records = collector.records;
    })(),
  );
  return records;
}

function idsOf({ attributes }: ReceivedLog): object {
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => key.endsWith('_id')));
}

test.run();
