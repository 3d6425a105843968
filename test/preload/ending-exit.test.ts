import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withCollector } from '../helpers/collector.js';
import {
  assertAllLogged,
  assertSameEnd,
  compareEnding,
  crashRecords,
  runBoth,
} from './ending-comparison.js';

const test = suite('preload/ending-exit');

const endings = {
  'process.exit() at once': ['exit-at-once.cjs', 3],
  'process.exit() later': ['exit-later.cjs', 4],
  'process.exit() in an exit listener': ['exit-in-exit-listener.cjs', 6],
  'process.exit() in a beforeExit listener': ['exit-in-before-exit.cjs', 7],
  'process.reallyExit()': ['really-exit.cjs', 8],
  'process.exit() after thousands of lines': ['blocked-then-exit.cjs', 1],
  'process.exit() with the thread pool full': ['thread-pool-full.cjs', 0],
  'process.exit() beside a worker thread': ['worker-at-exit.cjs', 3],
  'process.exit() beside a worker thread that blocks': ['worker-blocks-at-exit.cjs', 3],
} as const;

for (const [name, [script, code]] of Object.entries(endings)) {
  test(
    `${name} ends as without us, all lines delivered`,
    withCollector(async collector => {
      // Node does not wait for a pipe that is full.
      const runs = await compareEnding(collector, script, { stdio: 'file' });

      assert.is(runs.ours.code, code);
      assertAllLogged(collector, runs);
    }),
  );
}

for (const script of ['exit-listener-throws.cjs', 'exit-call-listener-throws.cjs']) {
  test(
    `an exit listener that throws ends as without us, with one FATAL record (${script})`,
    withCollector(async collector => {
      const runs = await compareEnding(collector, script);

      assertAllLogged(collector, runs);
      const crashes = crashRecords(collector).map(record => [record.severityText, record.body]);
      assert.equal(crashes, [['FATAL', 'RangeError: in exit']]);
    }),
  );
}

for (const script of ['abort.cjs', 'kill-hard.cjs']) {
  test(
    `${script} ends as without us`,
    withCollector(async collector => {
      // Node prints addresses as it aborts, and what was on its way to the collector may be lost.
      assertSameEnd(await runBoth(collector, script));
    }),
  );
}

test.run();
