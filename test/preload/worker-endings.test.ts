import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ReceivedLog } from '../../src/receiver/received-log.js';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { FIXTURES } from '../helpers/repository.js';
import { NODE, runCommand } from '../helpers/run-command.js';
import { type RunResult, runNode } from '../helpers/run-node.js';
import type { Receiver } from '../receiver/receiver.js';

const test = suite('preload/worker-endings');

function run(collector: Receiver, script: string, ...args: string[]): Promise<RunResult> {
  return runNode({ env: endpointOf(collector), script: `workers/${script}.cjs`, args });
}

function bodies(collector: Receiver): unknown[] {
  return collector.records.map(({ body }) => body);
}

// Each thread has a ring of its own: what they wrote at the same time arrives in any order.
function inOrder({ records }: Receiver): ReceivedLog[] {
  return [...records].sort((a, b) => Number(a.timeUnixNano - b.timeUnixNano));
}

const ENDS: Record<string, [stderr: string, ...records: string[]]> = {
  'runs to its end': ['exit 0\n', 'last words'],
  'runs to its end after a while': ['exit 0\n', 'last words', 'later'],
  'calls process.exit()': ['exit 3\n', 'last words'],
  'is terminated': ['exit 1\n', 'last words'],
  'runs out of memory': ['ERR_WORKER_OUT_OF_MEMORY\nexit 1\n', 'last words'],
};

for (const [end, [stderr, ...records]] of Object.entries(ENDS)) {
  test(
    `what a worker thread logged arrives when it ${end}`,
    withCollector(async collector => {
      const result = await run(collector, 'ends', end);

      assert.is(result.stderr.toString(), stderr);
      assert.is(result.code, 0);
      assert.equal(bodies(collector), records);
    }),
  );
}

test(
  'an ERROR of a worker thread in a process that dies at once says whose it is',
  withCollector(async collector => {
    const script = join(FIXTURES, 'workers/error-then-killed.cjs');
    await runCommand(['run', NODE, script], { env: endpointOf(collector) });

    const [error, ...others] = collector.records;
    assert.equal([error?.body, others], ['an error', []]);
    assert.is(error?.resource['process.command'], script);
    assert.ok(error?.resource['service.instance.id']);
  }),
);

function crashOf({ scope, severityText, attributes, resource }: ReceivedLog): unknown[] {
  const { 'exception.type': type, 'exception.handled': isHandled } = attributes;
  return [scope.name, severityText, type, isHandled, 'service.instance.id' in resource];
}

for (const how of ['throws', 'rejects']) {
  test(
    `an error that a worker thread ${how} and nobody handles is its ERROR and main's FATAL`,
    withCollector(async collector => {
      const { code } = await run(collector, 'throws', how);

      assert.is(code, 1);
      assert.equal(inOrder(collector).map(crashOf), [
        ['process', 'ERROR', 'RangeError', false, true],
        ['process', 'FATAL', 'RangeError', false, true],
      ]);
      const threads = inOrder(collector).map(({ attributes }) => 'thread.id' in attributes);
      assert.equal(threads, [true, false]);
    }),
  );
}

test(
  'an error of a worker thread that its creator handles is an ERROR of the thread alone',
  withCollector(async collector => {
    const { code } = await run(collector, 'throws', 'handled');

    assert.is(code, 0);
    const seen = inOrder(collector).map(({ severityText, body }) => [severityText, body]);
    assert.equal(seen, [
      ['ERROR', 'RangeError: thrown in the worker'],
      ['WARN', 'seen thrown in the worker'],
    ]);
  }),
);

for (const [main, ownLines] of [
  ['logs nothing', 0],
  ['logs first', 1],
] as const) {
  test(
    `lines of a worker thread that never yields arrive when main is blocked and ${main}`,
    withCollector(async collector => {
      const { code } = await run(collector, 'blocked-main', main);

      assert.is(code, 0);
      assert.is(collector.countRecords(), 2000 + ownLines);
    }),
  );
}

test(
  'every line of thirty worker threads at once arrives, from one instance',
  withCollector(async collector => {
    const { code, stderr } = await run(collector, 'many');

    assert.is(stderr.toString(), '');
    assert.is(code, 0);
    assert.is(collector.countRecords(), 3000);
    const { records } = collector;
    assert.is(new Set(records.map(({ attributes }) => attributes['thread.id'])).size, 30);
    assert.is(new Set(records.map(({ resource }) => resource['service.instance.id'])).size, 1);
  }),
);

test(
  'every line of worker threads in a row arrives, and of those that they start',
  withCollector(async collector => {
    const { code, stderr } = await run(collector, 'sequence');

    assert.is(stderr.toString(), '');
    assert.is(code, 0);
    assert.equal(bodies(collector).sort(), [
      ...Array(40).fill('inner'),
      ...Array(40).fill('outer'),
    ]);
  }),
);

for (const [how, count] of [
  ['log', '1'],
  ['stay silent', '0'],
] as const) {
  test(
    `main and three worker threads that ${how} have ${count} exporter threads`,
    withCollector(async collector => {
      const { stderr } = await run(collector, 'count-threads', how);

      assert.is(stderr.toString(), count);
      assert.is(collector.countRecords(), how === 'log' ? 4 : 0);
      assert.is(collector.requests.length > 0, how === 'log');
    }),
  );
}

test.run();
