import { spawnSync } from 'node:child_process';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withCollector } from '../helpers/collector.js';
import { NODE } from '../helpers/run-command.js';
import { assertAllArrived, newFolder, startNumbered } from './programs.js';
import { replay } from './replaying.js';
import { processFolders } from './spool-folders.js';

const test = suite('durability/replaced');

const look = "process.exit(typeof process.execve === 'function' ? 0 : 1)";

if (spawnSync(NODE, ['-e', look]).status !== 0) {
  console.log('durability/replaced: this Node cannot be replaced by another program.');
} else {
  test(
    'before a program is replaced by another one, all it has logged is delivered',
    withCollector(async collector => {
      const spoolDir = newFolder();
      const program = startNumbered(collector, { script: 'replaced.cjs', spoolDir });
      const { code, stderr } = await program.ended;

      assert.is(code, 6);
      assertAllArrived(program.tally(), String(stderr));
      assert.equal(processFolders(spoolDir), []);
    }),
  );

  test(
    'where the collector is away it is all in the spool',
    withCollector(async collector => {
      const spoolDir = newFolder();
      await collector.refuse();
      const program = startNumbered(collector, { script: 'replaced.cjs', spoolDir });
      const { code, stderr } = await program.ended;
      await collector.reopen();
      await replay(spoolDir, collector);

      assert.is(code, 6);
      assertAllArrived(program.tally(), String(stderr));
      assert.is(program.tally().duplicates, 0);
    }),
  );
}

test.run();
