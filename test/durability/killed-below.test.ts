import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { FIXTURES } from '../helpers/repository.js';
import { NODE, runCommand } from '../helpers/run-command.js';
import type { Behaviour } from '../receiver/behaviour.js';
import { newFolder } from './programs.js';
import { processFolders } from './spool-folders.js';
import { readLedger, type Tally, tally } from './tally.js';

const test = suite('durability/killed-below');

const KILLED = join(FIXTURES, 'durability/kill-after-error.cjs');
const PARENT = join(FIXTURES, 'durability/outlives-child.cjs');

/** More than `run` gives to those who have tried already. */
const SLOW: Behaviour = { delayMs: 400 };

const programs: readonly (readonly [what: string, argv: (ledger: string) => string[]])[] = [
  ['a Node program', ledger => [NODE, PARENT, ledger, KILLED]],
  ['a shell', ledger => ['sh', '-c', '"$0" "$@" >/dev/null 2>&1; exit 3', NODE, KILLED, ledger]],
];

for (const [what, argv] of programs) {
  test(
    `what was killed below ${what} that ends in good order is delivered before run ends`,
    withCollector(
      async collector => {
        const [ledger, spoolDir] = [join(newFolder(), 'ledger'), newFolder()];
        const env = {
          ...endpointOf(collector),
          OTEL_REGISTER_SPOOL_DIR: spoolDir,
          OTEL_REGISTER_EXIT_TIMEOUT_MS: '20000',
        };
        const { code } = await runCommand(['run', '--', ...argv(ledger)], { env });

        assert.is(code, 3);
        assertSevereArrived(tally(readLedger(ledger), collector.records));
        assert.equal(processFolders(spoolDir), []);
      },
      { behaviour: SLOW },
    ),
  );
}

test(
  'run asks a collector no sooner than it was told to, and leaves the rest in the spool',
  withCollector(
    async collector => {
      const spoolDir = newFolder();
      const env = { ...endpointOf(collector), OTEL_REGISTER_SPOOL_DIR: spoolDir };
      const argv = [NODE, KILLED, join(newFolder(), 'ledger')];
      const { signal } = await runCommand(['run', '--', ...argv], { env });

      assert.is(signal, 'SIGKILL');
      // The program once, and `run` once.
      assert.ok(collector.requests.length <= 2, `${collector.requests.length} requests`);
      assert.is(processFolders(spoolDir).length, 1);
    },
    { behaviour: { status: 429, retryAfter: 600 } },
  ),
);

test(
  'what ended in good order, and found no collector, is not waited for once more',
  withCollector(
    async collector => {
      const env = {
        ...endpointOf(collector),
        OTEL_REGISTER_SPOOL_DIR: newFolder(),
        OTEL_REGISTER_EXIT_TIMEOUT_MS: '8000',
      };
      const script = join(FIXTURES, 'durability/short.cjs');
      const argv = [NODE, script, join(newFolder(), 'ledger')];
      const { code, durationMs } = await runCommand(['run', '--', ...argv], { env });

      assert.is(code, 0);
      assert.ok(durationMs < 2 * 8000, `${durationMs} ms`);
    },
    { behaviour: { hang: true } },
  ),
);

// What the collector was about to answer when its sender was killed may arrive twice.
function assertSevereArrived({ severe, invented }: Tally): void {
  assert.ok(severe.logged > 0, 'nothing was logged');
  assert.is(severe.delivered, severe.logged);
  assert.is(invented, 0);
}

test.run();
