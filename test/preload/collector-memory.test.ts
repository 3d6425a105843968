import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { absentEndpoint } from '../helpers/away.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('preload/collector-memory');

const MEBIBYTES = 100;

const folder = mkdtempSync(join(tmpdir(), 'otel-register-memory-'));
test.after(() => rmSync(folder, { recursive: true, force: true }));

function bytesIn(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, name) => sum + bytesIn(join(path, name)), 0);
}

/** Logs 100 MiB, and tells the most memory that the process had meanwhile. */
async function logMuch(env: Record<string, string>, preload = true) {
  const report = join(folder, 'rss');
  const { code, stdout, stderr, durationMs } = await runNode({
    script: 'delivery/mebibytes.cjs',
    args: [String(MEBIBYTES), report],
    env,
    preload,
    stdio: 'file',
    timeoutMs: 60_000,
  });
  assert.is(code, 7);
  const lines = stdout.toString().trimEnd().split('\n').length;
  assert.is(lines, MEBIBYTES * 1024);
  return { stderr: stderr.toString(), durationMs, rssMiB: Number(readFileSync(report)) / 2 ** 20 };
}

/** By how much more the process grew for us. */
async function logIntoOutage(env: Record<string, string>) {
  const bare = await logMuch({}, false);
  const logged = await logMuch({
    ...(await absentEndpoint()),
    OTEL_REGISTER_MAX_MEMORY_BYTES: String(4 * 2 ** 20),
    ...env,
  });
  // On a busy machine it takes longer than the 10 s after which an outage is said.
  const stderr = logged.stderr.replace(/^.* No log record has reached .* for 10 s .*\n/m, '');
  return { ...logged, stderr, grownMiB: logged.rssMiB - bare.rssMiB };
}

test('100 MiB logged into an outage go to the spool, and not to memory', async () => {
  const spoolDir = join(folder, 'spool');
  const { stderr, grownMiB } = await logIntoOutage({ OTEL_REGISTER_SPOOL_DIR: spoolDir });

  assert.ok(grownMiB < MEBIBYTES * 0.7, `grew by ${grownMiB} MiB`);
  assert.is(stderr, '');
  const spooledMiB = bytesIn(spoolDir) / 2 ** 20;
  assert.ok(spooledMiB > MEBIBYTES && spooledMiB < MEBIBYTES * 1.3, `${spooledMiB} MiB spooled`);
});

test('without a spool they take no more than the memory allowed, and every loss is said', async () => {
  const { stderr, grownMiB } = await logIntoOutage({ OTEL_REGISTER_SPOOL: 'off' });
  assert.ok(grownMiB < MEBIBYTES * 0.7, `grew by ${grownMiB} MiB`);

  // The sum is said only if more was lost after the first line.
  const said =
    /^otel-register: Log records were dropped \((\d+) [a-zA-Z, 0-9]+ so far\): faster than they could be delivered\.\n(?:otel-register: (\d+) log records were dropped in all \(.*\)\.\n)?otel-register: Log records were lost at the end of the process \((\d+)\): .*\n$/.exec(
      stderr,
    );
  assert.ok(said, stderr);
  const droppedCount = Number(said![2] ?? said![1]);
  // Of 102,400: what is not dropped is held.
  assert.ok(droppedCount > 70_000 && droppedCount < 102_400, `${droppedCount} dropped`);
  assert.is(droppedCount + Number(said![3]), 102_400);
});

test.run();
