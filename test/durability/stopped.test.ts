import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withCollector } from '../helpers/collector.js';
import { assertAllArrived, newFolder, ownLines, startNumbered, until } from './programs.js';
import { replay } from './replaying.js';
import { processFolders } from './spool-folders.js';

const test = suite('durability/stopped');

test(
  'a process that was stopped, and taken for dead, goes on and loses nothing',
  withCollector(async collector => {
    const spoolDir = newFolder();
    await collector.refuse();
    const program = startNumbered(collector, { script: 'counts.cjs', spoolDir });
    await program.hasLogged(100);
    await until(() => processFolders(spoolDir).length === 1);
    program.child.kill('SIGSTOP');
    await collector.reopen();
    await replay(spoolDir, collector);
    assert.ok(collector.countRecords() >= 50, `${collector.countRecords()} were on disk`);

    program.child.kill('SIGCONT');
    const { severe, rest } = program.tally();
    await program.hasLogged(severe.logged + rest.logged + 100);
    program.child.kill('SIGTERM');
    const result = await program.ended;

    assert.is(result.signal, 'SIGTERM');
    assert.equal(ownLines(result), []);
    assertAllArrived(program.tally());
    assert.equal(processFolders(spoolDir), []);
  }),
);

test.run();
