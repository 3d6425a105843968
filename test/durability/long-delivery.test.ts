import { statSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { FIXTURES } from '../helpers/repository.js';
import { NODE, runCommand } from '../helpers/run-command.js';
import { newFolder, until } from './programs.js';
import { makeSilent, processFolders } from './spool-folders.js';
import { readLedger, tally } from './tally.js';

const test = suite('durability/long-delivery');

const FRESH_MS = 10_000;

test(
  'while run delivers what it has claimed, it shows to others that it lives',
  withCollector(async collector => {
    const [ledger, spoolDir] = [join(newFolder(), 'ledger'), newFolder()];
    const script = join(FIXTURES, 'durability/kill-after-error.cjs');
    const env = {
      ...endpointOf(collector),
      OTEL_REGISTER_SPOOL_DIR: spoolDir,
      OTEL_REGISTER_EXIT_TIMEOUT_MS: '60000',
    };
    await collector.refuse();
    const running = runCommand(['run', NODE, script, ledger], { env, timeoutMs: 90_000 });
    const claimed = () => processFolders(spoolDir).find(path => path.includes('~'));
    await until(() => claimed() !== undefined);
    const folder = join(spoolDir, claimed()!);
    makeSilent(folder);
    await until(() => Date.now() - statSync(folder).mtimeMs < FRESH_MS, 20_000);
    await collector.reopen();
    await running;

    const { severe } = tally(readLedger(ledger), collector.records);
    assert.ok(severe.logged > 0);
    assert.is(severe.delivered, severe.logged);
    assert.equal(processFolders(spoolDir), []);
  }),
);

test.run();
