import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { FIXTURES } from '../helpers/repository.js';
import { NODE, runCommand } from '../helpers/run-command.js';
import { assertAllArrived, newFolder, until } from './programs.js';
import { processFolders } from './spool-folders.js';
import { readLedger, tally } from './tally.js';

const test = suite('durability/survivors');

if (!existsSync('/proc/self/environ')) {
  console.log('durability/survivors: without /proc, run takes all its processes for dead.');
} else {
  test(
    'what lives on after the program under run keeps its own folder, and delivers it once',
    withCollector(async collector => {
      const [folder, spoolDir] = [newFolder(), newFolder()];
      const [ledger, end] = [join(folder, 'ledger'), join(folder, 'end')];
      const script = join(FIXTURES, 'durability/leaves-running.cjs');
      const env = { ...endpointOf(collector), OTEL_REGISTER_SPOOL_DIR: spoolDir };
      await collector.refuse();
      const running = runCommand(['run', NODE, script, ledger, end], { env });
      await until(() => readLedger(ledger).length >= 100 && processFolders(spoolDir).length === 1);
      const before = processFolders(spoolDir);
      await collector.reopen();
      writeFileSync(end, '');
      const { signal, stdout } = await running;
      const after = processFolders(spoolDir);
      await until(() => collector.countRecords() >= 100);
      process.kill(Number(stdout), 'SIGTERM');

      assert.is(signal, 'SIGKILL');
      assert.equal(after, before);
      await until(() => processFolders(spoolDir).length === 0);
      const result = tally(readLedger(ledger), collector.records);
      assertAllArrived(result);
      assert.is(result.duplicates, 0);
    }),
  );

  test(
    'what has nothing open in the spool does not keep run from delivering',
    withCollector(async collector => {
      const [folder, spoolDir] = [newFolder(), newFolder()];
      const ledger = join(folder, 'ledger');
      const script = join(FIXTURES, 'durability/kill-after-error.cjs');
      const env = { ...endpointOf(collector), OTEL_REGISTER_SPOOL_DIR: spoolDir };
      const command = 'sleep 60 >/dev/null 2>&1 & echo $!; exec "$0" "$@"';
      const { signal, stdout } = await runCommand(
        ['run', 'sh', '-c', command, NODE, script, ledger],
        { env },
      );
      process.kill(Number(/^\d+/.exec(stdout.toString())![0]), 'SIGKILL');

      assert.is(signal, 'SIGKILL');
      assert.equal(processFolders(spoolDir), []);
      const { severe } = tally(readLedger(ledger), collector.records);
      assert.ok(severe.logged > 0);
      assert.is(severe.delivered, severe.logged);
    }),
  );
}

test.run();
