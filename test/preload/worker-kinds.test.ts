import { createRequire } from 'node:module';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { packageEntry } from '../helpers/packed-package.js';
import { FIXTURES } from '../helpers/repository.js';
import { type RunOptions, runNode } from '../helpers/run-node.js';

const test = suite('preload/worker-kinds');

const script = 'workers/kinds.cjs';
const kinds: string[] = createRequire(import.meta.url)(join(FIXTURES, script));

const preloads: Record<string, () => Pick<RunOptions, 'preload' | 'env'>> = {
  '--import': () => ({ preload: 'import' }),
  '--require': () => ({ preload: 'require' }),
  'NODE_OPTIONS=--import': () => ({
    preload: false,
    env: { NODE_OPTIONS: '--import @emp/otel-register' },
  }),
  'NODE_OPTIONS=--require': () => ({
    preload: false,
    env: { NODE_OPTIONS: `--require ${JSON.stringify(packageEntry('require'))}` },
  }),
};

for (const [preloadName, preload] of Object.entries(preloads)) {
  for (const kind of kinds) {
    test(
      `a line logged in a worker thread with ${kind} arrives, preloaded by ${preloadName}`,
      withCollector(async collector => {
        const { env, ...options } = preload();

        const { code, stdout, stderr } = await runNode({
          ...options,
          env: { ...env, ...endpointOf(collector) },
          script,
          args: [kind],
        });

        assert.is(stderr.toString(), '');
        assert.is(stdout.toString(), kind === 'stdout: true' ? '' : 'from the worker\n');
        assert.is(code, 0);
        assert.equal(
          collector.records.map(({ body, scope }) => [body, scope.name]),
          [['from the worker', 'console']],
        );
        const threadId = collector.records[0]?.attributes['thread.id'];
        assert.ok(Number(threadId) > 0, `thread.id is ${threadId}`);
      }),
    );
  }
}

test.run();
