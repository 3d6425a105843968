import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withCollector } from '../helpers/collector.js';
import { assertAllLogged, compareEnding } from './ending-comparison.js';
import { SIGNALS, signalled } from './signal-table.js';

const test = suite('preload/signal-exit-package');

const programs = ['signal-exit-3.cjs', 'signal-exit-4.mjs', 'signal-exit-both.mjs'];

for (const script of programs) {
  for (const signal of SIGNALS) {
    test(
      `${signal} ends ${script} as without us, with what its callbacks log`,
      withCollector(async collector => {
        const runs = await compareEnding(collector, script, signalled(signal));

        assert.match(runs.ours.stdout.toString(), 'null');
        assertAllLogged(collector, runs);
      }),
    );
  }
}

for (const script of ['signal-exit-3.cjs', 'signal-exit-4.mjs']) {
  for (const how of ['exits', 'ends']) {
    test(
      `${script} that ${how} does so as without us, with what its callbacks log`,
      withCollector(async collector => {
        const runs = await compareEnding(collector, script, { args: [how] });

        assertAllLogged(collector, runs);
      }),
    );
  }
}

test.run();
