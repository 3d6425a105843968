import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../../helpers/collector.js';
import { runNode } from '../../helpers/run-node.js';
import { examine, the } from './examined.js';
import { refusedPort } from './servers.js';

const test = suite('commands/doctor/doctor-spool');

const NAME = `otel-register-${process.getuid?.() ?? 'user'}`;

function withFolder(use: (folder: string) => Promise<void>): () => Promise<void> {
  return async () => {
    const folder = mkdtempSync(join(tmpdir(), 'otel-register-doctor-spool-'));
    try {
      await use(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

test(
  'a folder that is not there yet is all right, and is not made',
  withFolder(async folder => {
    const env = { OTEL_REGISTER_SPOOL_DIR: join(folder, 'deep/er') };

    const examined = await examine(['--no-send'], { env });

    assert.is(
      the(examined, 'spool').says,
      `Undelivered records are kept in ${join(folder, 'deep/er', NAME)}`,
    );
    assert.not.ok(existsSync(join(folder, 'deep')));
  }),
);

test(
  'a folder that is open to others is named, and left as it is',
  withFolder(async folder => {
    mkdirSync(join(folder, NAME));
    chmodSync(join(folder, NAME), 0o755);

    const examined = await examine(['--no-send'], { env: { OTEL_REGISTER_SPOOL_DIR: folder } });

    const { status, says } = the(examined, 'spool.unusable');
    assert.is(status, 'warning');
    assert.is(says, `There is no spool: ${join(folder, NAME)} is open to other users`);
    assert.is(statSync(join(folder, NAME)).mode & 0o777, 0o755);
  }),
);

test('a folder where nothing can be written is named', async () => {
  // Not even root makes a folder there.
  const examined = await examine(['--no-send'], { env: { OTEL_REGISTER_SPOOL_DIR: '/proc/1' } });

  assert.match(the(examined, 'spool.unusable').says, /^There is no spool: /);
});

test('a spool that is switched off is named', async () => {
  const examined = await examine(['--no-send'], { env: { OTEL_REGISTER_SPOOL: 'off' } });

  assert.is(the(examined, 'spool.off').status, 'warning');
});

test(
  'what waits is counted by collector, and stays as it is',
  withFolder(async folder => {
    const mine = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await refusedPort()}` };
    const other = { ...mine, OTEL_EXPORTER_OTLP_HEADERS: 'tenant=other' };
    const spool = { OTEL_REGISTER_SPOOL_DIR: folder, OTEL_REGISTER_DIAGNOSTICS: 'off' };
    await log(3, { ...mine, ...spool });
    await log(2, { ...mine, ...spool });
    await log(1, { ...other, ...spool });
    const before = filesOf(folder);

    const examined = await examine(['--no-send'], { env: { ...mine, ...spool } });

    assert.is(
      the(examined, 'spool.pending').says,
      'Waiting for this collector: 5 records of 2 processes',
    );
    assert.match(the(examined, 'spool.pending').means!, /the oldest from \d{4}-\d\d-\d\dT/);
    const foreign = the(examined, 'spool.foreign');
    assert.is(foreign.status, 'warning');
    assert.is(foreign.says, 'Waiting for another collector: 1 record of 1 process');
    assert.equal(filesOf(folder), before);
  }),
);

test(
  'what waits for many other collectors is one finding',
  withFolder(async folder => {
    const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await refusedPort()}` };
    const spool = { OTEL_REGISTER_SPOOL_DIR: folder, OTEL_REGISTER_DIAGNOSTICS: 'off' };
    for (const tenant of ['a', 'b', 'c', 'd', 'e']) {
      await log(2, { ...endpoint, ...spool, OTEL_EXPORTER_OTLP_HEADERS: `tenant=${tenant}` });
    }

    const examined = await examine(['--no-send'], { env: { ...endpoint, ...spool } });

    const foreign = the(examined, 'spool.foreign');
    assert.is(foreign.says, 'Waiting for 5 other collectors: 10 records of 5 processes');
    assert.is(foreign.todo!.split(folder).length - 1, 3);
    assert.match(foreign.todo!, / and 2 more\.$/);
  }),
);

test(
  'the probe leaves nothing behind, and delivers nothing of what waits',
  withFolder(async folder => {
    const port = await refusedPort();
    const spool = { OTEL_REGISTER_SPOOL_DIR: folder };
    const refused = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`, ...spool };
    await log(1, { ...refused, OTEL_REGISTER_DIAGNOSTICS: 'off' });
    const before = filesOf(folder);

    await withCollector(async collector => {
      await examine([], { env: { ...endpointOf(collector), ...spool } });
      assert.is(collector.records.length, 1);
    })();

    assert.equal(filesOf(folder), before);
  }),
);

async function log(lines: number, env: Record<string, string>): Promise<void> {
  const program = `for (let i = 0; i < ${lines}; i++) console.error(i)`;
  await runNode({ args: ['-e', program], preload: 'require', env });
}

function filesOf(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true }).map(String).sort();
  return names.map(name => `${name} ${statSync(join(folder, name)).mtimeMs}`);
}

test.run();
