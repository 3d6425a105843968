import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { packageEntry } from '../helpers/packed-package.js';
import { FIXTURES } from '../helpers/repository.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('preload/worker-looks');

const EMPTY = pathToFileURL(join(FIXTURES, 'start/empty.mjs')).href;
const REQUIRED = join(FIXTURES, 'workers/required.cjs');
const ours = pathToFileURL(packageEntry('import')).href;

const OPTIONS: Record<string, { nodeArgs?: string[]; nodeOptions?: string }> = {
  'no other options': {},
  'options on the command line': {
    nodeArgs: ['--enable-source-maps', '--stack-trace-limit=20', '--require', REQUIRED],
  },
  'options for whole processes': { nodeArgs: ['--title=own', '--max-old-space-size=200'] },
  'the same in NODE_OPTIONS': {
    nodeOptions: `--title=own --max-old-space-size=200 --require ${JSON.stringify(REQUIRED)}`,
  },
};

// The preload is the same length of command line either way, so execArgv can be compared but for it.
for (const [name, { nodeArgs = [], nodeOptions }] of Object.entries(OPTIONS)) {
  test(
    `worker threads look as they do without us, with ${name}`,
    withCollector(async collector => {
      const env = { NODE_OPTIONS: nodeOptions, ...endpointOf(collector) };
      const run = (preload: string) =>
        runNode({
          preload: false,
          nodeArgs: [...nodeArgs, '--import', preload],
          env,
          script: 'workers/looks.cjs',
        });

      const [expected, actual] = await Promise.all([run(EMPTY), run(ours)]);

      assert.is(actual.stderr.toString(), expected.stderr.toString());
      assert.is(actual.stdout.toString().replaceAll(ours, EMPTY), expected.stdout.toString());
      assert.is(actual.code, 0);
      assert.ok(collector.countRecords() > 20);
    }),
  );
}

test.run();
