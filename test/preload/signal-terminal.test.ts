import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withCollector } from '../helpers/collector.js';
import { HAS_PTY } from '../helpers/pty.js';
import { assertAllLogged, compareEnding, consoleRecords } from './ending-comparison.js';

const test = suite('preload/signal-terminal');
// A terminal comes from `script` of util-linux.
const onTerminal = HAS_PTY ? test : test.skip;
if (!HAS_PTY) console.log('skipped: no util-linux "script" here, so no terminal');

onTerminal(
  'Ctrl-C on a terminal ends the program as without us',
  withCollector(async collector => {
    const runs = await compareEnding(collector, 'signal-interactive.cjs', {
      stdio: 'pty',
      input: '\x03',
      inputAfter: 'ready',
    });

    assert.is(runs.ours.code, 130);
  }),
);

onTerminal(
  'SIGTERM to a program on a terminal ends it as without us, all lines delivered',
  withCollector(async collector => {
    const runs = await compareEnding(collector, 'signal-interactive.cjs', {
      stdio: 'pty',
      signalAfter: { signal: 'SIGTERM', output: 'ready' },
    });

    assert.is(runs.ours.code, 143);
    assert.equal(
      consoleRecords(collector).map(record => record.body),
      ['ready'],
    );
  }),
);

test(
  'Ctrl-C sent to a program whose output alone is a file ends it as without us',
  withCollector(async collector => {
    const runs = await compareEnding(collector, 'signal-none.cjs', {
      stdio: 'file',
      signalAfter: { signal: 'SIGINT', output: 'ready' },
    });

    assert.is(runs.ours.signal, 'SIGINT');
    assertAllLogged(collector, runs);
  }),
);

test.run();
