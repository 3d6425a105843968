import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { PACKAGE_NAME } from '../helpers/repository.js';
import { type RunResult, runNode } from '../helpers/run-node.js';
import type { Receiver } from '../receiver/receiver.js';

const test = suite('preload/cluster');

// Children started by name inherit NODE_OPTIONS; those of `fork()` the command line, too.
function run(
  collector: Receiver,
  script: string,
  args: readonly string[] = [],
  preload: false | 'import' = false,
): Promise<RunResult> {
  const nodeOptions = preload === false ? `--import ${PACKAGE_NAME}` : undefined;
  const env = { ...endpointOf(collector), NODE_OPTIONS: nodeOptions };
  return runNode({ preload, env, script: `workers/${script}.cjs`, args });
}

/** Each process logged who it is and its id: so did its resource, with an instance of its own. */
function assertProcesses({ records }: Receiver, { stderr, code }: RunResult, expected: string[]) {
  assert.is(stderr.toString(), '');
  assert.is(code, 0);
  const roles = records.map(({ body }) => String(body).split(' ')[0]).sort();
  assert.equal(roles, expected);
  for (const { body, resource, attributes } of records) {
    assert.is(Number(String(body).split(' ')[1]), resource['process.pid']);
    assert.not('thread.id' in attributes);
  }
  const instances = records.map(({ resource }) => resource['service.instance.id']);
  assert.is(new Set(instances).size, expected.length);
}

for (const preload of [false, 'import'] as const) {
  const by = preload === false ? 'NODE_OPTIONS' : 'the command line';
  test(
    `each process of a cluster is an instance of its own, preloaded by ${by}`,
    withCollector(async collector => {
      const result = await run(collector, 'cluster', [], preload);

      assertProcesses(collector, result, ['primary', 'worker', 'worker']);
    }),
  );

  for (const how of ['fork', 'fork with silent: true']) {
    test(
      `the child of ${how} is an instance of its own, preloaded by ${by}`,
      withCollector(async collector => {
        const result = await run(collector, 'children', [how], preload);

        assertProcesses(collector, result, ['child', 'parent']);
      }),
    );
  }
}

for (const how of ['spawn', 'execFileSync', 'spawn from a worker thread']) {
  test(
    `the child of ${how} is an instance of its own, preloaded by NODE_OPTIONS`,
    withCollector(async collector => {
      const result = await run(collector, 'children', [how]);

      assertProcesses(collector, result, ['child', 'parent']);
    }),
  );
}

test.run();
