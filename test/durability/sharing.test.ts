import { execFileSync } from 'node:child_process';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decodeLogs } from '../../src/receiver/received-log.js';
import { withCollector } from '../helpers/collector.js';
import { NODE } from '../helpers/run-command.js';
import type { Receiver } from '../receiver/receiver.js';
import { assertAllArrived, newFolder, ownLines, startNumbered } from './programs.js';
import { replay } from './replaying.js';
import { processFolders } from './spool-folders.js';

const test = suite('durability/sharing');

test(
  "what one tenant left never leaves by another's credentials",
  withCollector(async collector => {
    const spoolDir = newFolder();
    await collector.refuse();
    const tenants = ['one', 'two'].map(token => {
      const env = {
        OTEL_EXPORTER_OTLP_HEADERS: `authorization=${token}`,
        OTEL_RESOURCE_ATTRIBUTES: `tenant=${token}`,
      };
      return { env, program: startNumbered(collector, { script: 'natural.cjs', spoolDir, env }) };
    });
    for (const { program } of tenants) await program.ended;
    assert.is(processFolders(spoolDir).length, 2);
    await collector.reopen();

    await Promise.all(tenants.map(({ env }) => replay(spoolDir, collector, env)));

    for (const { program } of tenants) assertAllArrived(program.tally());
    assert.equal(
      tokensAndTenants(collector).filter(([token, tenant]) => token !== tenant),
      [],
    );
  }),
);

function tokensAndTenants(collector: Receiver): [unknown, unknown][] {
  return collector.requests.flatMap(({ headers, body }) =>
    decodeLogs(body).map(({ resource }): [unknown, unknown] => [
      headers.authorization,
      resource.tenant,
    ]),
  );
}

const UNSHARE = ['--pid', '--fork', '--kill-child'];

if (!mayUnshare()) {
  console.log('durability/sharing: may not make pid namespaces, so equal pids are not tried.');
} else {
  test(
    'processes of two containers that both are process 1 share a folder',
    withCollector(async collector => {
      const spoolDir = newFolder();
      await collector.refuse();
      const options = {
        script: 'natural.cjs',
        spoolDir,
        nodePath: 'unshare',
        nodeArgs: [...UNSHARE, NODE],
      };
      const programs = [1, 2].map(() => startNumbered(collector, options));
      for (const { ended } of programs) {
        const result = await ended;
        assert.equal([result.code, ownLines(result)], [0, []]);
      }
      assert.is(processFolders(spoolDir).length, 2);
      await collector.reopen();
      await replay(spoolDir, collector);

      for (const program of programs) assertAllArrived(program.tally());
    }),
  );
}

test(
  'forty short processes at once deliver everything, and leave nothing',
  withCollector(async collector => {
    const spoolDir = newFolder();
    // There are more of them than processors: with the default, some would have no time.
    const env = { OTEL_REGISTER_EXIT_TIMEOUT_MS: '60000' };
    const programs = Array.from({ length: 40 }, () =>
      startNumbered(collector, { script: 'short.cjs', spoolDir, env }),
    );
    for (const { ended } of programs) {
      const result = await ended;
      assert.equal([result.code, ownLines(result)], [0, []]);
    }

    for (const program of programs) {
      assertAllArrived(program.tally());
      assert.is(program.tally().duplicates, 0);
    }
    assert.equal(processFolders(spoolDir), []);
  }),
);

function mayUnshare(): boolean {
  try {
    execFileSync('unshare', [...UNSHARE, 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test.run();
