import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';
import { recordsOf } from '../preload/console-records.js';

const test = suite('propagation/harmless');

test(
  'errors about children are the same to the last frame, whatever goes on',
  withCollector(async collector => {
    const run = (preload: boolean) =>
      runNode({ preload, script: 'propagation/fails.cjs', env: endpointOf(collector) });

    const [expected, actual] = await Promise.all([run(false), run(true)]);

    assert.is(expected.code, 0, expected.stderr.toString());
    assert.is(actual.stdout.toString(), expected.stdout.toString());
    const withoutIds = (text: Buffer) => text.toString().replace(/^\(node:\d+\)/gm, '');
    assert.is(withoutIds(actual.stderr), withoutIds(expected.stderr));
    assert.ok(actual.stdout.toString().split('\n').length > 40);
  }),
);

for (const flags of [['--pending-deprecation'], ['--throw-deprecation', '--pending-deprecation']]) {
  test(
    `with ${flags.join(' ')} nothing is said of what the preload does`,
    withCollector(async collector => {
      const { stdout, stderr, code } = await runNode({
        nodeArgs: flags,
        args: ['-e', `process.stdout.write(require('child_process').execSync('echo hello'))`],
        env: endpointOf(collector),
      });

      assert.is(stderr.toString(), '');
      assert.is(stdout.toString(), 'hello\n');
      assert.is(code, 0);
    }),
  );
}

test('a worker thread goes on with what made it, and one that nothing made with nothing', async () => {
  const records = await recordsOf('propagation/threads.cjs');

  const seen = records.map(({ body, traceId, attributes }) => [
    body,
    traceId.slice(0, 4),
    attributes.job_id,
  ]);
  assert.equal(
    seen.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    [
      ['in a job', '0af7', 'job-1'],
      ['in a job, later', '0af7', 'job-1'],
      ['nested', '0af7', 'job-1'],
      ['nested, later', '0af7', 'job-1'],
      ['outside', '', undefined],
      ['outside, later', '', undefined],
    ],
  );
});

test.run();
