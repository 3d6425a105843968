import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ReceivedLog } from '../../src/receiver/received-log.js';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { HAS_REDIS, withRedis } from '../helpers/redis-server.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('messages/carriers');
const onRedis = HAS_REDIS ? test : test.skip;

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const CARRIER = {
  traceparent: `00-${TRACE_ID}-b7ad6b7169203331-01`,
  tracestate: 'vendor=1',
  baggage: 'request_id=req-1,color=red,tenant=blue%2C%20green',
};
const TOLD = JSON.stringify(CARRIER);

for (const client of ['ioredis', 'node-redis']) {
  onRedis(`with ${client}, nothing is added that was not asked for`, async () => {
    const { printed, records } = await run(client);

    assert.equal(printed, [
      'published: "{\\"job_id\\":\\"job-1\\"}"',
      `entry: ${entryOf(client, {})}`,
      ...['{}', '{"id":12345678901234567890}', 'text', '{"a":1} '].map(popped),
      'value: "{}"',
    ]);
    assert.equal([...new Set(records.map(({ traceId }) => traceId))], ['']);
  });

  onRedis(`with ${client}, what was asked for goes on where it is read`, async () => {
    const { printed, records } = await run(client, 'redis-streams,redis-lists,redis-pubsub');

    assert.equal(printed, [
      `published: ${JSON.stringify(`{"job_id":"job-1","_otel":${TOLD}}`)}`,
      `entry: ${entryOf(client, CARRIER)}`,
      ...[
        `{"_otel":${TOLD}}`,
        `{"id":12345678901234567890,"_otel":${TOLD}}`,
        'text',
        `{"a":1,"_otel":${TOLD}}`,
      ].map(popped),
      'value: "{}"',
    ]);
    const fields = { request_id: 'req-1' };
    assert.equal(records.map(seen), [
      ['published', TRACE_ID, { ...fields, job_id: 'job-1' }],
      ['entry', TRACE_ID, { ...fields, job_id: 'job-1' }],
      ['popped', TRACE_ID, fields],
      ['popped', TRACE_ID, fields],
      ['popped', '', {}],
      ['popped', TRACE_ID, fields],
    ]);
  });

  onRedis(`with ${client}, each way is asked for by itself`, async () => {
    const { printed } = await run(client, 'redis-streams');

    assert.equal(
      printed.filter(line => line.includes('traceparent')),
      [`entry: ${entryOf(client, CARRIER)}`],
    );
  });
}

function entryOf(client: string, carrier: object): string {
  const entry = { job_id: 'job-1', ...carrier };
  return JSON.stringify(client === 'ioredis' ? Object.entries(entry).flat() : entry);
}

function popped(text: string): string {
  return `popped: ${JSON.stringify(text)}`;
}

function seen({ body, traceId, attributes }: ReceivedLog): readonly unknown[] {
  const { 'log.iostream': _, ...fields } = attributes;
  return [body, traceId, fields];
}

async function run(
  client: string,
  propagate?: string,
): Promise<{ printed: readonly string[]; records: readonly ReceivedLog[] }> {
  let printed: readonly string[] = [];
  let records: readonly ReceivedLog[] = [];
  await withRedis(port =>
    withCollector(async collector => {
      const { code, stdout, stderr } = await runNode({
        script: 'messages/carriers.cjs',
        args: [client, String(port)],
        env: { ...endpointOf(collector), OTEL_REGISTER_PROPAGATE: propagate },
      });
      assert.is(code, 0, stderr.toString());
      // What is logged is printed there, too.
      const lines = stdout.toString().split('\n');
      printed = lines.filter(line => line.includes(': '));
      records = collector.records;
    })(),
  );
  return { printed, records };
}

test.run();
