import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ReceivedLog } from '../../src/receiver/received-log.js';
import type { EnvironmentChanges } from '../helpers/child-environment.js';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { HAS_REDIS, withRedis } from '../helpers/redis-server.js';
import { PACKAGE_NAME } from '../helpers/repository.js';
import { type RunResult, runNode } from '../helpers/run-node.js';
import type { Receiver } from '../receiver/receiver.js';

/** Of the children: each ends with its first words, at once with the others and with their parent. */
const EXIT_TIMEOUT_MS = '20000';
const RUN_TIMEOUT_MS = 120_000;

// TEST_BULLMQ names another release of BullMQ to try: a path that can be required.
const test = suite('messages/bullmq');
const onRedis = HAS_REDIS ? test : test.skip;

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const JOB = { request_id: 'req-1', queue: 'render' };
type Fields = Readonly<Record<string, unknown>>;

const FIELDS: readonly (readonly [name: string, fields: Fields])[] = [
  ['plain', { ...JOB, job_id: '1', attempt: 1 }],
  ['named', { ...JOB, job_id: 'job-2', step_id: 's-1', attempt: 1 }],
  ['fails', { ...JOB, job_id: '3', attempt: 1 }],
  ['fails', { ...JOB, job_id: '3', attempt: 2 }],
];

for (const how of ['plain', 'sandbox']) {
  onRedis(`each attempt of a job goes on with what added it (${how})`, async () => {
    const { records, stdout } = await run(how);

    for (const [name, fields] of FIELDS) {
      const { attempt } = fields;
      const lines = records.filter(
        ({ attributes }) => attributes.name === name && attributes.attempt === attempt,
      );
      const isFailing = name === 'fails' && attempt === 1;
      assert.equal(
        lines.map(({ body }) => body).sort(),
        isFailing ? ['failed', 'working'] : ['worked', 'working'],
      );
      for (const line of lines) assert.equal(fieldsOf(line), { name, ...fields });
    }
    assert.equal([...new Set(records.map(({ traceId }) => traceId))], [TRACE_ID]);
    const carrier = JSON.parse(stdout.split('\n')[0]!) as Record<string, string>;
    assert.is(carrier.traceparent, `00-${TRACE_ID}-b7ad6b7169203331-01`);
    assert.is(carrier.baggage, 'request_id=req-1,job_id=outer,color=red,tenant=blue%2C%20green');
  });
}

onRedis('a node of a flow goes on with what added it', async () => {
  const { records } = await run('flow');

  assert.is(records.length, 2);
  for (const record of records) {
    assert.is(record.traceId, TRACE_ID);
    assert.is(record.attributes.request_id, 'req-1');
  }
});

onRedis('jobs and nodes that can hardly be read are done as without us', async () => {
  const { records, stdout } = await run('unreadable');

  assert.is(stdout, '{"job_id":"of-a-class"}\n\n');
  assert.equal(
    records.map(({ body }) => body),
    ['working', 'worked'],
  );
});

onRedis('telemetry of the program’s own wins, and its jobs have their fields', async () => {
  const { records, stdout } = await run('telemetry');

  assert.is(stdout, 'theirs\n'.concat('theirs,theirs,theirs,theirs\n'));
  assert.equal(
    records.filter(({ attributes }) => attributes.name === 'plain').map(fieldsOf),
    Array(2).fill({ name: 'plain', job_id: '1', queue: 'render', attempt: 1 }),
  );
});

for (const how of ['plain', 'sandbox']) {
  onRedis(
    `where nobody else traces, each attempt is a span, and so are its lines (${how})`,
    async () => {
      const { collector, records } = await run(how, { TEST_TRACING: 'none' });

      const spans = collector.spans.filter(({ name }) => name === 'process render');
      assert.is(spans.length, 4);
      const failed = spans.filter(({ attributes }) => attributes['error.type'] === failureIn(how));
      assert.equal(
        failed.map(({ attributes }) => attributes['bullmq.job.attempt']),
        [1],
      );
      const ids = new Set(spans.map(({ traceId, spanId }) => `${traceId} ${spanId}`));
      for (const { traceId, spanId } of records) assert.ok(ids.has(`${traceId} ${spanId}`));
    },
  );
}

// BullMQ fetches the next job as it completes one, and tells that both are in the same breath.
onRedis(
  'that the next job is active belongs to that job, and that none is left to none',
  async () => {
    const { records } = await run('one by one', { TEST_TRACING: 'none' });

    const active = records.filter(({ body }) => body === 'active');
    assert.is(active.length, 4);
    for (const line of active) {
      const { name, attempt } = line.attributes;
      const [, fields] = FIELDS.find(([of, as]) => of === name && as.attempt === attempt)!;
      assert.equal(fieldsOf(line), { name, ...fields });
    }
    const drained = records.filter(({ body }) => body === 'drained');
    assert.ok(drained.length > 0);
    for (const line of drained)
      assert.equal([line.traceId, fieldsOf(line)], ['', { name: 'none' }]);
  },
);

onRedis('OTEL_REGISTER_JOB_TRACE=attempt makes each attempt a trace of its own', async () => {
  const traced = { OTEL_REGISTER_JOB_TRACE: 'attempt', TEST_TRACING: 'continued' };
  const traceparent = `00-${TRACE_ID}-b7ad6b7169203331-01`;

  const { collector } = await run('plain', { ...traced, TRACEPARENT: traceparent });

  const spans = collector.spans.filter(({ name }) => name === 'process render');
  const traceIds = new Set(spans.map(({ traceId }) => traceId));
  assert.is(traceIds.size, 4);
  assert.not(traceIds.has(TRACE_ID));
});

async function run(
  how: string,
  env: EnvironmentChanges = {},
): Promise<{ collector: Receiver; records: readonly ReceivedLog[]; stdout: string }> {
  let result: { collector: Receiver; ran: RunResult } | undefined;
  await withRedis(port =>
    withCollector(async collector => {
      const ran = await runNode({
        preload: false,
        script: 'messages/jobs.cjs',
        args: [how, String(port)],
        env: {
          ...endpointOf(collector),
          NODE_OPTIONS: `--import ${PACKAGE_NAME}`,
          OTEL_REGISTER_EXIT_TIMEOUT_MS: EXIT_TIMEOUT_MS,
          ...env,
        },
        timeoutMs: RUN_TIMEOUT_MS,
      });
      assert.is(ran.code, 0, ran.stderr.toString());
      result = { collector, ran };
    })(),
  );
  const { collector, ran } = result!;
  // What the children print comes there, too.
  const stdout = ran.stdout.toString().replace(/^(working|worked|failed) .*\n/gm, '');
  return { collector, records: collector.records, stdout };
}

// What happened in another process has lost its class on the way.
function failureIn(how: string): string {
  return how === 'sandbox' ? 'Error' : 'RangeError';
}

function fieldsOf({ attributes }: ReceivedLog): object {
  const { 'log.iostream': _, ...fields } = attributes;
  return fields;
}

test.run();
