import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withCollector } from '../helpers/collector.js';
import type { RunOptions } from '../helpers/run-node.js';
import { assertSameEnding, runBoth } from './ending-comparison.js';
import { signalled } from './signal-table.js';

const test = suite('preload/ending-collector');

const endings: Record<string, Omit<RunOptions, 'script'>> = {
  'natural.cjs': {},
  'exit-at-once.cjs': {},
  'exit-later.cjs': {},
  'crash-throw.cjs': {},
  'exit-listener-throws.cjs': {},
  'worker-at-exit.cjs': {},
  'signal-none.cjs': signalled('SIGTERM'),
  'signal-exits.cjs': signalled('SIGTERM'),
  'signal-exit-4.mjs': signalled('SIGINT'),
};

for (const [script, options] of Object.entries(endings)) {
  test(
    `${script} ends as without us, at once, when the collector refuses connections`,
    withCollector(async collector => {
      await collector.refuse();

      assertSameEnding(await runBoth(collector, script, options));
    }),
  );

  test(
    `${script} ends as without us, after the exit timeout, when the collector never answers`,
    withCollector(
      async collector => {
        const env = { OTEL_REGISTER_EXIT_TIMEOUT_MS: '300' };
        const runs = await runBoth(collector, script, { ...options, env });

        assertSameEnding(runs);
        assert.ok(runs.ours.durationMs >= 300, `took ${runs.ours.durationMs} ms`);
      },
      { behaviour: { hang: true } },
    ),
  );
}

test(
  'an exit timeout of 0 waits for nothing',
  withCollector(
    async collector => {
      const env = { OTEL_REGISTER_EXIT_TIMEOUT_MS: '0' };

      assertSameEnding(await runBoth(collector, 'natural.cjs', { env }));
    },
    { behaviour: { hang: true } },
  ),
);

test.run();
