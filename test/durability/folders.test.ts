import { chmodSync, chownSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withCollector } from '../helpers/collector.js';
import { mountSmall } from './mounted.js';
import {
  assertAllArrived,
  newFolder,
  ownLines,
  startNumbered,
  startSpooling,
  until,
} from './programs.js';
import { processFolders } from './spool-folders.js';

const test = suite('durability/folders');

const USER = process.getuid?.() ?? -1;
const OWN_FOLDER = `otel-register-${USER}`;
const ANOTHER_USER = 54_321;

test(
  'a spool that is deleted under the program costs no record',
  withCollector(async collector => {
    const { program, spoolDir } = await startSpooling(collector);
    rmSync(spoolDir, { recursive: true });
    await program.hasLogged(200);
    await collector.reopen();
    await until(() => collector.countRecords() >= 200);
    program.child.kill('SIGTERM');
    const result = await program.ended;

    assert.is(result.signal, 'SIGTERM');
    assert.equal(ownLines(result), []);
    assertAllArrived(program.tally());
    assert.is(program.tally().duplicates, 0);
  }),
);

interface UnusableFolder {
  readonly folder: string;
  readonly reason: RegExp;
  undo?(): void;
}

const UNUSABLE: readonly (readonly [what: string, make: () => UnusableFolder | undefined])[] = [
  ['read-only', makeReadOnly],
  ['of another user', makeForeign],
  ['open to the group', makeShared],
];

for (const [what, make] of UNUSABLE) {
  const made = make();
  if (made === undefined) {
    console.log(`durability/folders: not permitted, so not tried: a folder ${what}.`);
    continue;
  }
  test(
    `a folder ${what} is not used, which costs a line on stderr`,
    withCollector(async collector => {
      const program = startNumbered(collector, { script: 'short.cjs', spoolDir: made.folder });
      const result = await program.ended;

      assert.is(result.code, 0);
      assert.is(ownLines(result).length, 1, result.stderr.toString());
      assert.match(ownLines(result)[0]!, made.reason);
      assertAllArrived(program.tally());
      assert.equal(processFolders(made.folder), []);
      made.undo?.();
    }),
  );
}

function makeReadOnly(): UnusableFolder | undefined {
  const reason = /without a spool \(.*(EROFS|EACCES)/;
  if (USER !== 0) {
    const folder = newFolder();
    chmodSync(folder, 0o500);
    return { folder, reason };
  }
  // For root any folder is writable, if the disk is.
  const disk = mountSmall(64);
  disk?.remountReadOnly();
  return disk && { folder: disk.folder, reason, undo: () => disk.unmount() };
}

function makeForeign(): UnusableFolder | undefined {
  if (USER !== 0) return undefined;
  const folder = newFolder();
  mkdirSync(join(folder, OWN_FOLDER), { mode: 0o700 });
  chownSync(join(folder, OWN_FOLDER), ANOTHER_USER, ANOTHER_USER);
  return { folder, reason: /without a spool \(.* belongs to another user\)/ };
}

function makeShared(): UnusableFolder {
  const folder = newFolder();
  mkdirSync(join(folder, OWN_FOLDER), { mode: 0o700 });
  chmodSync(join(folder, OWN_FOLDER), 0o750);
  return { folder, reason: /without a spool \(.* is open to other users\)/ };
}

test.run();
