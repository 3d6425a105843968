import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withCollector } from '../helpers/collector.js';
import { assertAllLogged, compareEnding, crashRecords } from './ending-comparison.js';
import { SIGNALS, signalled } from './signal-table.js';

const test = suite('preload/signal-listeners');

const programs = [
  { name: 'no listener', script: 'signal-none.cjs', isKilled: true },
  { name: 'a listener that exits', script: 'signal-exits.cjs', isKilled: false },
  {
    name: 'a listener that closes its server',
    script: 'signal-closes-server.cjs',
    isKilled: false,
  },
  { name: 'a listener for one signal', script: 'signal-once.cjs', isKilled: true },
  { name: 'its listener removed', script: 'signal-listener-removed.cjs', isKilled: true },
  { name: 'its listeners removed at once', script: 'signal-all-removed.cjs', isKilled: true },
  {
    name: 'all listeners removed',
    script: 'signal-all-removed.cjs',
    arg: 'all',
    isKilled: true,
  },
  {
    name: 'a listener added after Node’s own were removed',
    script: 'signal-added-after-removal.cjs',
    isKilled: true,
  },
];

for (const signal of SIGNALS) {
  for (const { name, script, arg, isKilled } of programs) {
    test(
      `${signal} to a program with ${name} ends it as without us, all lines delivered`,
      withCollector(async collector => {
        const options = signalled(signal, ...(arg === undefined ? [] : [arg]));
        const runs = await compareEnding(collector, script, options);

        assert.is(runs.ours.signal, isKilled ? signal : null);
        assertAllLogged(collector, runs);
      }),
    );
  }
}

test(
  'a listener that throws ends as without us, with one FATAL record',
  withCollector(async collector => {
    const runs = await compareEnding(collector, 'signal-throws.cjs', signalled('SIGTERM'));

    assertAllLogged(collector, runs);
    const severities = crashRecords(collector).map(record => record.severityText);
    assert.equal(severities, ['FATAL']);
  }),
);

test(
  'ten listeners give no warning',
  withCollector(async collector => {
    const runs = await compareEnding(collector, 'signal-ten-listeners.cjs');

    assert.is(runs.ours.stderr.toString(), '');
    assertAllLogged(collector, runs);
  }),
);

test.run();
