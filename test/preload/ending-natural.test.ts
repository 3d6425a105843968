import { suite } from 'uvu';
import { withCollector } from '../helpers/collector.js';
import { assertAllLogged, compareEnding } from './ending-comparison.js';

const test = suite('preload/ending-natural');

const endings = {
  'a program that ends': 'natural.cjs',
  'a program with pending work': 'pending-work.mjs',
  'a program with an exit code set': 'exit-code-set.cjs',
  'an exit code set in an exit listener': 'exit-code-set-late.cjs',
  'a beforeExit listener that brings more work': 'before-exit-revives.cjs',
  'a beforeExit listener after a long time': 'before-exit-after-long.cjs',
  'an await that never settles': 'unsettled-await.mjs',
  'an unref’d interval': 'unref-timer.cjs',
  'an unref’d server': 'unref-server.cjs',
  'a replaced setImmediate': 'fake-set-immediate.cjs',
  'events emitted by hand': 'emits-by-hand.cjs',
};

for (const [name, script] of Object.entries(endings)) {
  test(
    `${name} ends as without us, all lines delivered`,
    withCollector(async collector => {
      const runs = await compareEnding(collector, script);

      assertAllLogged(collector, runs);
    }),
  );
}

test(
  'unref’d timers that are due at the end of a short program do not fire',
  withCollector(async collector => {
    await compareEnding(collector, 'unref-due.cjs');
  }),
);

test(
  'members and listeners of process look as without us',
  withCollector(async collector => {
    await compareEnding(collector, 'process-looks.cjs');
  }),
);

for (const preload of ['import', 'require'] as const) {
  test(
    `--${preload} of a program that ends at once delivers its lines`,
    withCollector(async collector => {
      const runs = await compareEnding(collector, 'natural.cjs', { preload });

      assertAllLogged(collector, runs);
    }),
  );
}

test.run();
