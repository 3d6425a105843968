import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RecordsPage, Status } from '../../src/viewer/api.js';
import { NODE_MAJOR } from '../helpers/node-version.js';
import { runCommand } from '../helpers/run-command.js';
import { runNode } from '../helpers/run-node.js';
import { type StartedView, startView } from './started-view.js';

const test = suite('commands/view');
const HAS_SQLITE = NODE_MAJOR >= 22;
const withSqlite = HAS_SQLITE ? test : test.skip;
if (!HAS_SQLITE) console.log('skipped: the Node under test has no SQLite, so no --db');

const folder = mkdtempSync(join(tmpdir(), 'otel-register-view-'));
test.after(() => rmSync(folder, { recursive: true, force: true }));

const PROGRAM = 'console.warn("Cold model", { model: "wan-2.1" })';

function log(receiverUrl: string, program = PROGRAM) {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiverUrl, OTEL_SERVICE_NAME: 'worker' };
  return runNode({ args: ['-e', program], env });
}

async function statusOf({ pageUrl }: StartedView): Promise<Status> {
  return (await (await fetch(`${pageUrl}/api/status`)).json()) as Status;
}

test('it says where the page is and what to set, receives, answers, and Ctrl-C ends it with 0', async () => {
  const view = await startView();
  await log(view.receiverUrl);

  const response = await fetch(`${view.pageUrl}/api/records?filter=model:wan-2.1`);
  const [record] = ((await response.json()) as RecordsPage).records;
  const status = await statusOf(view);
  const { code, stdout, stderr } = await view.stop();

  assert.equal(
    [record!.body, record!.severityText, record!.service],
    ['Cold model', 'WARN', 'worker'],
  );
  assert.is(status.storage, HAS_SQLITE ? 'sqlite' : 'memory');
  assert.is(status.receiverUrl, view.receiverUrl);
  assert.is(code, 0);
  assert.is(
    String(stdout),
    `${view.pageUrl}\n\nPoint a program at it:\n  OTEL_EXPORTER_OTLP_ENDPOINT=${view.receiverUrl}` +
      ' node --import @emp/otel-register app.js\n',
  );
  assert.is(String(stderr), '');
});

test('without a page it prints what arrives, on stdout alone and without colours', async () => {
  const view = await startView(['--no-ui']);
  await log(view.receiverUrl);
  await view.expect('Cold model');

  const { code, stdout, stderr } = await view.stop('SIGTERM');

  assert.match(String(stdout), /^[\d:.]{12} WARN {2}worker Cold model model=wan-2\.1\n$/);
  assert.match(String(stderr), /^Point a program at it:\n/);
  assert.is(view.pageUrl, '');
  assert.is(code, 0);
});

test('--json prints a line of JSON for each record, with its resource', async () => {
  const view = await startView(['--json']);
  await log(view.receiverUrl, 'console.log("one\\n\\x1b[2J"); console.log("two")');
  await view.expect('two');

  const { stdout, stderr } = await view.stop();

  const records = String(stdout)
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
  assert.equal(
    records.map(({ id, body }) => [id, body.slice(0, 3)]),
    [
      [1, 'one'],
      [2, 'two'],
    ],
  );
  assert.is(records[0].resource['service.name'], 'worker');
  assert.match(String(stderr), view.pageUrl);
});

test('it ends with 0 when nobody reads what it prints', async () => {
  const view = await startView(['--no-ui']);
  view.child.stdout!.destroy();
  const closed = once(view.child, 'exit');

  for (let tries = 0; tries < 100 && view.child.exitCode === null; tries++) {
    await log(view.receiverUrl).catch(() => {});
  }

  assert.equal(await closed, [0, null]);
});

withSqlite('--db keeps records from one time to the next', async () => {
  const file = join(folder, 'kept.db');
  const first = await startView(['--db', file]);
  await log(first.receiverUrl);
  await first.stop();

  const second = await startView(['--db', file]);
  const inUse = await runCommand(['view', '--port', '0', '--ui-port', '0', '--db', file]);
  const { recordCount } = await statusOf(second);
  await second.stop();

  assert.is(recordCount, 1);
  assert.is(inUse.code, 1);
  assert.match(String(inUse.stderr), `${file} cannot be used: database is locked.`);
});

test('without --db nothing is left behind, even by SIGKILL', async () => {
  const temporary = mkdtempSync(join(folder, 'tmp-'));
  const view = await startView([], { env: { TMPDIR: temporary } });
  await log(view.receiverUrl);

  await view.stop('SIGKILL');

  assert.equal(readdirSync(temporary), []);
});

test('a port in use is said, with what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;

  for (const [option, ports] of [
    ['--port', ['--port', `${port}`, '--ui-port', '0']],
    ['--ui-port', ['--port', '0', '--ui-port', `${port}`]],
  ] as const) {
    const { code, stdout, stderr } = await runCommand(['view', ...ports]);

    assert.is(code, 1);
    assert.is(String(stdout), '');
    assert.is(
      String(stderr),
      `otel-register: Port ${port} is in use, perhaps by a collector or another "view".\n` +
        `Choose another with ${option}, or 0 for any free one.\n`,
    );
  }
  other.close();
});

test.run();
