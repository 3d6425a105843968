import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withCollector } from '../helpers/collector.js';
import { NODE } from '../helpers/run-command.js';
import { runNode } from '../helpers/run-node.js';
import type { Receiver } from '../receiver/receiver.js';
import { type Mounted, mountSmall } from './mounted.js';
import {
  assertAllArrived,
  type NumberedProgram,
  newFolder,
  ownLines,
  startNumbered,
  until,
} from './programs.js';
import { replay } from './replaying.js';

const test = suite('durability/no-room');

const DISK_KIB = 256;

function withSmallDisk(name: string, run: (disk: Mounted) => Promise<void>): void {
  const disk = mountSmall(DISK_KIB);
  if (disk === undefined) {
    console.log(`durability/no-room: may not mount, so not tried: ${name}.`);
    return;
  }
  test(name, async () => {
    try {
      await run(disk);
    } finally {
      disk.unmount();
    }
  });
}

for (const [what, usedKib] of [
  ['that fills up', 0],
  ['without a byte left', DISK_KIB],
] as const) {
  withSmallDisk(`a disk ${what} costs a line on stderr, and no record`, async disk => {
    await withCollector(async collector => {
      fill(disk, usedKib);
      await collector.refuse();
      const program = startPads(collector, disk);
      await program.hasLogged(2_000);
      await collector.reopen();
      await until(() => collector.countRecords() >= 2_000);
      program.child.kill('SIGTERM');
      const result = await program.ended;

      assert.is(result.signal, 'SIGTERM');
      assert.is(ownLines(result).length, 1, result.stderr.toString().slice(-500));
      assert.match(ownLines(result)[0]!, /kept in memory alone/);
      assertAllArrived(program.tally());
    })();
  });
}

withSmallDisk('what a full disk could not keep at the end is said, with its number', async disk => {
  await withCollector(async collector => {
    await collector.refuse();
    const program = startPads(collector, disk);
    await program.hasLogged(2_000);
    program.child.kill('SIGTERM');
    const result = await program.ended;
    await collector.reopen();
    await replay(disk.folder, collector);

    const { severe, rest } = program.tally();
    const lost = severe.logged + rest.logged - severe.delivered - rest.delivered;
    const said = /lost at the end of the process \((\d+)\)/.exec(ownLines(result).join('\n'));
    assert.ok(lost > 0);
    // Some of what was written through is there although the exporter thread could not keep it.
    assert.ok(Number(said?.[1]) >= lost, `${said?.[1]} and not ${lost}`);
    assert.ok(Number(said?.[1]) <= lost + severe.delivered, `${said?.[1]} and not ${lost}`);
  })();
});

function startPads(collector: Receiver, disk: Mounted): NumberedProgram {
  const args = ['2000', '1000'];
  return startNumbered(collector, {
    script: 'pads.cjs',
    args,
    spoolDir: disk.folder,
    stdio: 'file',
  });
}

// As much as there is room for, and then not one byte more.
function fill({ folder }: Mounted, kibibytes: number): void {
  for (let i = 0; i < kibibytes / 4; i++) {
    try {
      writeFileSync(join(folder, `filler-${i}`), Buffer.alloc(4096));
    } catch {
      return;
    }
  }
}

// Node alone needs some twenty.
for (const files of [20, 23, 25, 27, 30, 64]) {
  test(
    `a program that may open ${files} files ends as it does without us`,
    withCollector(async collector => {
      const limited = {
        nodePath: 'sh',
        nodeArgs: ['-c', `ulimit -n ${files}; exec "$0" "$@"`, NODE],
      };
      const script = 'durability/short.cjs';
      const args = [join(newFolder(), 'ledger')];
      const bare = await runNode({ ...limited, script, args, preload: false });
      const options = { ...limited, script: 'short.cjs', spoolDir: newFolder() };
      const program = startNumbered(collector, options);
      const result = await program.ended;

      assert.equal(
        [result.code, result.signal, result.stdout.toString()],
        [bare.code, bare.signal, bare.stdout.toString()],
        result.stderr.toString(),
      );
      if (files === 64) assertAllArrived(program.tally(), result.stderr.toString());
    }),
  );
}

test.run();
