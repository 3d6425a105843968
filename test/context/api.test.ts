import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { PACKAGE_NAME } from '../helpers/repository.js';
import { runNode } from '../helpers/run-node.js';
import { linesOf, recordsOf } from '../preload/console-records.js';

const test = suite('context/api');

test('every line of a job carries what is bound to it, and none of another', async () => {
  const lines = linesOf(await recordsOf('context/jobs.mjs'));

  assert.equal(
    lines.filter(([, , attributes]) => attributes === undefined),
    [
      ['INFO', 'before'],
      ['INFO', 'after'],
    ],
  );
  for (const id of [1, 2, 3]) {
    const job_id = `job-${id}`;
    const step_id = `step-${id}`;
    const ofJob = lines.filter(line => (line[2] as { job_id?: string })?.job_id === job_id);
    assert.equal(ofJob, [
      ['INFO', 'received', { job_id }],
      ['INFO', 'started', { step_id: 'own', job_id }],
      ['WARN', 'done', { job_id, step_id }],
      ['INFO', 'in a callback', { job_id, step_id }],
    ]);
  }
});

test(
  'a crash carries what was bound where it happened',
  withCollector(async collector => {
    await runNode({ script: 'context/crash.cjs', env: endpointOf(collector) });

    const [record] = collector.records;
    assert.is(record?.severityText, 'FATAL');
    assert.is(record?.attributes.job_id, 'job-1');
  }),
);

test('worker threads have contexts of their own, and flush for all', async () => {
  const lines = linesOf(await recordsOf('context/worker.cjs'));

  assert.equal(
    lines.map(([, body, attributes]) => [body, (attributes as { job_id: string }).job_id]).sort(),
    [
      ['flushed', 'worker'],
      ['in a worker thread', 'worker'],
      ['in the main thread', 'main'],
    ],
  );
  const [flushed] = lines.filter(([, body]) => body === 'flushed');
  assert.is((flushed![2] as { isFlushed: boolean }).isFlushed, true);
});

test(
  'what was flushed has arrived, whatever comes then',
  withCollector(async collector => {
    const run = await runNode({
      script: 'context/flush.cjs',
      args: ['20000', 'killed'],
      env: { ...endpointOf(collector), OTEL_REGISTER_SPOOL: 'off' },
    });

    assert.is(String(run.stdout), 'a line\n{"nothing":true,"line":true}');
    assert.equal(
      collector.records.map(({ body }) => body),
      ['a line'],
    );
  }),
);

for (const who of ['a worker thread', 'the main thread']) {
  test(
    `what another thread has just logged has arrived where ${who} has flushed`,
    withCollector(
      async collector => {
        const run = await runNode({
          script: 'context/flush-threads.cjs',
          args: [who],
          env: { ...endpointOf(collector), OTEL_REGISTER_SPOOL: 'off' },
        });

        assert.is(String(run.stdout).replace('a line\n', ''), 'true');
        assert.equal(
          collector.records.map(({ body }) => body),
          ['a line'],
        );
      },
      { behaviour: { delayMs: 200 } },
    ),
  );
}

test(
  'a flush in a worker thread waits for nobody where nothing was logged',
  withCollector(async collector => {
    const run = await runNode({
      script: 'context/flush-threads.cjs',
      args: ['a worker thread beside nobody who logs'],
      env: endpointOf(collector),
    });

    assert.is(String(run.stdout), 'true');
    assert.ok(run.durationMs < 15_000, `took ${run.durationMs} ms`);
    assert.is(collector.requests.length, 0);
  }),
);

test(
  'flush waits as long as ever where it is told nonsense, and not at all for a time that is past',
  withCollector(
    async collector => {
      const run = await runNode({
        script: 'context/flush-nonsense.cjs',
        env: endpointOf(collector),
      });

      assert.equal(JSON.parse(String(run.stdout).split('\n')[1]!), {
        null: true,
        NaN: true,
        text: true,
        Infinity: true,
        negative: false,
      });
    },
    { behaviour: { delayMs: 300 } },
  ),
);

test(
  'flush says false where the collector does not answer in time, and does not fail',
  withCollector(
    async collector => {
      const run = await runNode({
        script: 'context/flush.cjs',
        args: ['50'],
        env: { ...endpointOf(collector), OTEL_REGISTER_EXIT_TIMEOUT_MS: '100' },
      });
      assert.is(String(run.stdout), 'a line\n{"nothing":true,"line":false}');
      assert.is(run.code, 0);
    },
    { behaviour: { hang: true } },
  ),
);

for (const [kind, nodeArgs] of [
  ['CommonJS', ['-e', `const api = require('${PACKAGE_NAME}/api'); use(api);`]],
  [
    'an ES module',
    ['--input-type=module', '-e', `import * as api from '${PACKAGE_NAME}/api'; use(api);`],
  ],
] as const) {
  test(`without the preload it does nothing, in ${kind}`, async () => {
    const use = `function use(api) {
      api.setLogContext({ a: 1 });
      const result = api.withLogContext({ b: 2 }, () => JSON.stringify(api.logContext()));
      api.flush().then(isFlushed => console.log(result, isFlushed));
    }`;
    const args = [...nodeArgs.slice(0, -1), `${use}\n${nodeArgs.at(-1)}`];
    const run = await runNode({ preload: false, nodeArgs: args });
    assert.is(String(run.stderr), '');
    assert.is(String(run.stdout), '{} true\n');
  });
}

test.run();
