import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { NODE_MAJOR } from '../helpers/node-version.js';
import { FIXTURES } from '../helpers/repository.js';
import { type RunOptions, runNode } from '../helpers/run-node.js';
import type { Receiver } from '../receiver/receiver.js';

const test = suite('preload/start-refusals');

/** A program that cannot be instrumented runs all the same. */
async function assertRunsWithout(
  collector: Receiver,
  options: RunOptions,
  saying: RegExp | undefined,
): Promise<void> {
  const env = { ...endpointOf(collector), ...options.env };
  const result = await runNode({ script: 'start/line.cjs', ...options, env });

  const stderr = result.stderr.toString();
  if (saying === undefined) assert.is(stderr, '');
  else assert.match(stderr, saying);
  assert.is(stderr.match(/otel-register:/g)?.length ?? 0, saying === undefined ? 0 : 1);
  assert.is(result.stdout.toString(), 'logged line.cjs\n');
  assert.is(result.code, 0);
  assert.is(collector.requests.length, 0);
}

const OLD_NODE = process.env.TEST_OLD_NODE;
if (OLD_NODE === undefined) {
  console.log('Skipped: start on an old Node; TEST_OLD_NODE names none (18, for instance).');
}
const onOldNode = OLD_NODE === undefined ? test.skip : test;

for (const preload of ['import', 'require'] as const) {
  onOldNode(
    `a Node that is too old says so in one line and runs the program, preloaded by --${preload}`,
    withCollector(collector =>
      assertRunsWithout(
        collector,
        { preload, nodePath: OLD_NODE! },
        /^otel-register: Node v\d+\.\d+\.\d+ is too old, 20\.19 or newer is needed; the program runs without it\.\n$/,
      ),
    ),
  );
}

const permission = NODE_MAJOR < 24 ? '--experimental-permission' : '--permission';

for (const preload of ['import', 'require'] as const) {
  test(
    `a program that may not start threads is told once and runs, preloaded by --${preload}`,
    withCollector(collector =>
      assertRunsWithout(
        collector,
        { preload, nodeArgs: ['--no-warnings', permission, '--allow-fs-read=*'] },
        /^otel-register: This process may not start worker threads .*\n$/,
      ),
    ),
  );
}

test(
  'a program with frozen intrinsics is told once and runs',
  withCollector(async collector => {
    const { stdout, stderr, code } = await runNode({
      nodeArgs: ['--no-warnings', '--frozen-intrinsics'],
      script: 'start/line.cjs',
      env: endpointOf(collector),
    });

    assert.is(stdout.toString(), 'logged line.cjs\n');
    assert.is(code, 0);
    const said = stderr.toString().split('\n').filter(Boolean);
    assert.is(said.length, collector.countRecords() === 1 ? 0 : 1);
  }),
);

const EMPTY = pathToFileURL(join(FIXTURES, 'start/empty.mjs')).href;

for (const [variable, value, loaded] of [
  ['OTEL_SDK_DISABLED', 'true', ['register.cjs']],
  ['OTEL_SDK_DISABLED', ' TRUE ', ['register.cjs']],
  ['OTEL_LOGS_EXPORTER', 'none', ['register.cjs', 'start.cjs']],
] as const) {
  test(
    `nothing is patched with ${variable}=${value}, and nothing sent`,
    withCollector(async collector => {
      // Coverage makes Node load its own source map support with the first file that has a map.
      const env = { [variable]: value, NODE_V8_COVERAGE: '', ...endpointOf(collector) };
      const look = (preload: RunOptions['preload']) =>
        runNode({
          preload: preload ?? false,
          nodeArgs: ['--import', EMPTY],
          script: 'start/look.cjs',
          env,
        });

      const [without, disabled] = await Promise.all([look(false), look('import')]);

      assert.is(disabled.stderr.toString(), '');
      const { own, builtins, ...seen } = JSON.parse(disabled.stdout.toString());
      const { own: none, builtins: fewest, ...expected } = JSON.parse(without.stdout.toString());
      assert.equal(seen, expected);
      assert.equal([own, none], [loaded, []]);
      // The switch is in our one small file; the other is known once the configuration is read.
      if (variable === 'OTEL_SDK_DISABLED') assert.is(builtins, fewest);
      assert.is(collector.requests.length, 0);
    }),
  );

  test(
    `worker threads run as they would with ${variable}=${value}`,
    withCollector(async collector => {
      const { stdout, stderr } = await runNode({
        script: 'workers/kinds.cjs',
        args: ['an env of its own and eval: true'],
        env: { [variable]: value, ...endpointOf(collector) },
      });

      assert.is(stderr.toString(), '');
      assert.is(stdout.toString(), 'from the worker\n');
      assert.is(collector.requests.length, 0);
    }),
  );
}

test.run();
