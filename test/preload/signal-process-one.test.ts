import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { childEnvironment } from '../helpers/child-environment.js';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { packageEntry } from '../helpers/packed-package.js';
import { consoleRecords } from './ending-comparison.js';

const test = suite('preload/signal-process-one');

const UNSHARE = ['--fork', '--pid', '--mount-proc'];
const HAS_UNSHARE = spawnSync('unshare', [...UNSHARE, 'true']).status === 0;
// Only the kernel makes a process number 1, as it does in a container.
const asProcessOne = HAS_UNSHARE ? test : test.skip;
if (!HAS_UNSHARE) console.log('skipped: no PID namespace may be made here');

const FIXTURE = new URL('../../../test/fixtures/endings/signal-survives.cjs', import.meta.url)
  .pathname;
const NODE = process.env.TEST_NODE ?? process.execPath;

for (const signals of [['SIGTERM'], ['SIGTERM', 'SIGINT', 'SIGTERM', 'SIGHUP']]) {
  asProcessOne(
    `process 1 survives ${signals.join(', ')} as without us, and goes on logging`,
    withCollector(async collector => {
      const child = spawn(
        'unshare',
        [...UNSHARE, NODE, '--require', packageEntry('require'), FIXTURE, ...signals],
        { env: childEnvironment(endpointOf(collector)), stdio: ['ignore', 'pipe', 'inherit'] },
      );
      let stdout = '';
      child.stdout.on('data', chunk => {
        stdout += chunk;
      });
      const [code] = await once(child, 'close');

      assert.is(code, 23);
      assert.equal(
        consoleRecords(collector).map(record => record.body),
        stdout.split('\n').slice(0, -1),
      );
      assert.match(stdout, 'line 50');
    }),
  );
}

test.run();
