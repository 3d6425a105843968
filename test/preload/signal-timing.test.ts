import { constants } from 'node:os';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';
import { assertAllLogged, compareEnding, consoleRecords } from './ending-comparison.js';
import { SIGNALS, signalled } from './signal-table.js';

const test = suite('preload/signal-timing');

// The documented exception: without us the program would end before its loop does.
for (const signal of SIGNALS) {
  test(
    `${signal} to a program that blocks ends it by that signal after its loop, all lines delivered`,
    withCollector(async collector => {
      const ours = await runNode({
        ...signalled(signal),
        script: 'endings/signal-in-loop.cjs',
        env: endpointOf(collector),
      });

      assert.is(ours.signal, signal);
      assert.match(ours.stdout.toString(), 'loop is done');
      assertAllLogged(collector, { bare: ours, ours });
    }),
  );
}

test(
  'two signals in a row end the program by the first',
  withCollector(async collector => {
    const runs = await compareEnding(collector, 'signal-none.cjs', {
      onSpawn: child => {
        child.stdout!.once('data', () => {
          child.kill('SIGTERM');
          child.kill('SIGTERM');
        });
      },
    });

    assert.is(runs.ours.signal, 'SIGTERM');
    assertAllLogged(collector, runs);
  }),
);

test(
  'a signal during start ends the program by it, whenever it comes',
  withCollector(async collector => {
    for (const delayMs of [0, 10, 20, 30, 40, 60, 80]) {
      const ours = await runNode({
        script: 'endings/signal-none.cjs',
        env: endpointOf(collector),
        signalAfter: { signal: 'SIGTERM', delayMs },
      });

      assert.is(ours.signal, 'SIGTERM');
      assert.is(ours.stderr.toString(), '');
    }
  }),
);

for (const signal of ['SIGTERM', 'SIGINT', 'SIGKILL', String(constants.signals.SIGHUP)]) {
  test(
    `a program that sends itself ${signal} runs no further than without us`,
    withCollector(async collector => {
      const runs = await compareEnding(collector, 'signal-itself.cjs', { args: [signal] });

      if (signal !== 'SIGKILL') assertAllLogged(collector, runs);
    }),
  );
}

test(
  'a program that sends itself a signal it listens to ends as without us',
  withCollector(async collector => {
    const args = ['SIGTERM'];
    const runs = await compareEnding(collector, 'signal-itself-listened.cjs', { args });

    assert.is(runs.ours.code, 22);
    assert.is(consoleRecords(collector).length, 2);
  }),
);

test.run();
