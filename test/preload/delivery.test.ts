import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';
import type { Receiver } from '../receiver/receiver.js';

const test = suite('preload/delivery');

/** Bodies `line 0` … in order, each once. */
function assertLines(collector: Receiver, count: number): void {
  const { records } = collector;
  assert.is(records.length, count);
  const wrong = records.findIndex(({ body }, index) => body !== `line ${index}`);
  assert.is(wrong, -1, `record ${wrong} is ${records[wrong]?.body}`);
}

test(
  '200,000 records of one synchronous loop arrive before process.exit() is done, in order',
  withCollector(async collector => {
    const { code, stderr, stdout } = await runNode({
      script: 'delivery/many-then-exit.cjs',
      args: ['200000'],
      env: endpointOf(collector),
      stdio: 'file',
      timeoutMs: 60_000,
    });

    assert.is(code, 0);
    assert.is(stderr.toString(), '');
    assert.is(stdout.toString().split('\n').length, 200_001);
    assertLines(collector, 200_000);
    assert.is(collector.connectionCount, 1);
  }),
);

test(
  'what a loop that never yields has logged arrives while it runs, and survives SIGKILL',
  withCollector(async collector => {
    const run = runNode({
      script: 'delivery/lines-then-spin.cjs',
      env: endpointOf(collector),
      onSpawn: child => {
        collector.waitFor(100).finally(() => child.kill('SIGKILL'));
      },
    });

    assert.is((await run).signal, 'SIGKILL');
    assertLines(collector, 100);
  }),
);

test(
  'one line arrives before the program has ended',
  withCollector(async collector => {
    const { code, stdout, stderr } = await runNode({
      script: 'delivery/one-line.cjs',
      env: endpointOf(collector),
    });

    assert.is(code, 0);
    assert.is(stdout.toString(), 'hello\n');
    assert.is(stderr.toString(), '');
    assert.is(collector.records[0]?.body, 'hello');
  }),
);

for (const preload of ['import', 'require'] as const) {
  test(
    `a program under --${preload} delivers over one connection, whatever it sends`,
    withCollector(async collector => {
      await runNode({
        script: 'delivery/many-then-exit.cjs',
        args: ['300'],
        preload,
        env: { ...endpointOf(collector), OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: '10' },
      });

      assertLines(collector, 300);
      assert.ok(collector.requests.length >= 30);
      assert.ok(collector.requests.every(({ recordCount }) => recordCount <= 10));
      assert.is(collector.connectionCount, 1);
    }),
  );
}

test.run();
