import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Orphan } from '../../src/spool/orphan.js';
import { processFolders } from '../durability/spool-folders.js';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { FIXTURES } from '../helpers/repository.js';
import { runNode } from '../helpers/run-node.js';
import { readAllRecords, temporaryFolder } from '../helpers/spool.js';

const test = suite('preload/start-exporter');

const RESTARTED = 'otel-register: The exporter thread ended (no error); restarted.\n';
const GIVEN_UP =
  'otel-register: The exporter thread ended (no error); records are dropped from now on.\n';

for (const [deaths, said, arrived] of [
  [1, RESTARTED, ['line 0', 'line 1']],
  [2, RESTARTED + GIVEN_UP, []],
  [4, RESTARTED + GIVEN_UP, []],
] as const) {
  for (const end of ['naturally', 'exit']) {
    test(
      `a program that ends ${end} after ${deaths} deaths of the exporter thread runs, and delivers ${arrived.length} records`,
      withCollector(async collector => {
        const { code, stdout, stderr } = await runNode({
          script: 'start/exporter-dies.cjs',
          args: [String(deaths), end],
          env: endpointOf(collector),
        });

        const lines = Array.from({ length: deaths + 1 }, (_, index) => `line ${index}\n`);
        assert.is(stdout.toString(), lines.join(''));
        assert.is(stderr.toString(), said);
        assert.is(code, 0);
        const bodies = collector.records.map(({ body }) => body);
        assert.equal(bodies, arrived);
      }),
    );
  }
}

test(
  'without an exporter thread a full ring is waited for once, that is said once, and all is on disk',
  withCollector(async collector => {
    const spoolDir = temporaryFolder();
    const { code, stderr } = await runNode({
      script: 'start/fills-ring.cjs',
      nodeArgs: ['--require', join(FIXTURES, 'start/no-exporter.cjs')],
      env: { ...endpointOf(collector), OTEL_REGISTER_SPOOL_DIR: spoolDir },
      stdio: 'file',
    });

    assert.is(code, 0);
    assert.equal(stderr.toString().split('\n').sort(), [
      '',
      '1 waits',
      'otel-register: The exporter thread could not be started (Error: EAGAIN).',
    ]);
    const [path] = processFolders(spoolDir);
    const records = readAllRecords(new Orphan(join(spoolDir, path!), 'id'), 1_000);
    assert.is(records.length, 10_000);
  }),
);

test(
  'a program that logs nothing leaves nothing, and says nothing of a spool that cannot be',
  withCollector(async collector => {
    const run = (spoolDir: string) =>
      runNode({
        script: 'delivery/silent-for.cjs',
        args: ['1500'],
        env: { ...endpointOf(collector), OTEL_REGISTER_SPOOL_DIR: spoolDir },
      });
    const parent = temporaryFolder();
    const [possible, impossible] = await Promise.all([
      run(join(parent, 'spool')),
      run(join(process.execPath, 'spool')),
    ]);

    assert.equal([possible.code, possible.stderr.toString()], [0, '']);
    assert.equal(readdirSync(parent), []);
    assert.equal([impossible.code, impossible.stderr.toString()], [0, '']);
  }),
);

test.run();
