import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withCollector } from '../helpers/collector.js';
import {
  assertAllArrived,
  newFolder,
  ownLines,
  startNumbered,
  startSpooling,
  until,
} from './programs.js';
import { replay } from './replaying.js';
import { processFolders } from './spool-folders.js';

const test = suite('durability/stopped');

/** What the exporter thread keeps in memory as well. */
const IN_MEMORY_BYTES = 12 * 256 * 1024;

/** Whoever claims a spool waits for longer; by then its owner looks before he writes on. */
const LEAST_STOP_MS = 11_000;

test(
  'a process that was stopped, and taken for dead, goes on and loses nothing',
  withCollector(async collector => {
    const { program, spoolDir } = await startSpooling(collector);
    program.child.kill('SIGSTOP');
    await collector.reopen();
    await Promise.all([replay(spoolDir, collector), sleep(LEAST_STOP_MS)]);
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

test(
  'what was on disk alone is not sent again by a process that was taken for dead',
  withCollector(async collector => {
    const spoolDir = newFolder();
    await collector.refuse();
    const args = ['20000', '1000'];
    const program = startNumbered(collector, {
      script: 'backlog.cjs',
      args,
      spoolDir,
      stdio: 'file',
    });
    await program.hasLogged(20_000);
    await until(() => spooledBytes(spoolDir) > 20_000 * 1_000);
    program.child.kill('SIGSTOP');
    await collector.reopen();
    await Promise.all([replay(spoolDir, collector), sleep(LEAST_STOP_MS)]);

    program.child.kill('SIGCONT');
    const { rest } = program.tally();
    // Oldest first: what is sent again is there before these.
    await until(() => program.tally().rest.delivered > rest.logged);
    program.child.kill('SIGTERM');
    await program.ended;
    assertAllArrived(program.tally());
    const { duplicates } = program.tally();
    assert.ok(duplicates * 1_000 < IN_MEMORY_BYTES, `${duplicates} arrived twice`);
  }),
);

function spooledBytes(spoolDir: string): number {
  const files = processFolders(spoolDir).flatMap(folder =>
    readdirSync(join(spoolDir, folder)).map(name => join(spoolDir, folder, name)),
  );
  return files.reduce((sum, file) => sum + statSync(file).size, 0);
}

test.run();
