import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../../helpers/collector.js';
import { HAS_PTY } from '../../helpers/pty.js';
import { runCommand } from '../../helpers/run-command.js';
import { examine, the } from './examined.js';
import { refusedPort } from './servers.js';

const test = suite('commands/doctor/doctor-screen');
const onTerminal = HAS_PTY ? test : test.skip;
if (!HAS_PTY) console.log('skipped: no util-linux "script" here, so no terminal');

const ESCAPE = '\x1b[';
const COLUMNS = 80;

test(
  'what is all right ends with 0, and says so last',
  withCollector(async collector => {
    const { stdout, stderr, code } = await doctor([], endpointOf(collector));

    assert.match(
      stdout,
      /\n {2}✔ A record went through a program, and was accepted after \d+ ms\n/,
    );
    assert.match(stdout, /\n {2}Records arrive\./);
    assert.is(stderr, '');
    assert.is(code, 0);
  }),
);

test(
  'the probe is one INFO record of the service, marked as what it is',
  withCollector(async collector => {
    await doctor([], { ...endpointOf(collector), OTEL_SERVICE_NAME: 'shop' });

    const [record, ...more] = collector.records;
    assert.equal(more, []);
    assert.is(record!.severityText, 'INFO');
    assert.is(record!.attributes['otel_register.doctor'], true);
    assert.is(record!.resource['service.name'], 'shop');
  }),
);

test(
  '--no-send connects, and sends nothing',
  withCollector(async collector => {
    const { stdout, code } = await doctor(['--no-send'], endpointOf(collector));

    assert.match(stdout, /✔ Connected to 127\.0\.0\.1:/);
    assert.match(stdout, 'Nothing is in the way of records; none was sent.');
    assert.is(collector.requests.length, 0);
    assert.is(code, 0);
  }),
);

test(
  'a record that is rejected alone is told in the words of the collector',
  withCollector(
    async collector => {
      const examined = await examine([], { env: endpointOf(collector) });

      assert.match(the(examined, 'probe.rejected').means!, 'no such tenant');
      assert.is(examined.code, 1);
    },
    { behaviour: { partialSuccess: { rejectedLogRecords: 1, errorMessage: 'no such tenant' } } },
  ),
);

test('a failure is said with what it means and what to do, and ends with 1', async () => {
  const { stdout, code } = await doctor([], await refused());

  assert.match(
    stdout,
    / {2}✘ 127\.0\.0\.1:\d+ refuses connections\n {4}The machine .*\n {4}→ Start the collector/,
  );
  assert.match(stdout, /\n {2}Records will not arrive\. 1 failure/);
  assert.is(code, 1);
});

test('no line is wider than 80 columns, but for words that are', async () => {
  const env = {
    ...(await refused()),
    OTEL_REGISTER_BODY: 'wrong',
    OTEL_SERVICE_NAME: 'x'.repeat(90),
  };

  const { stdout } = await doctor([], env);

  const wide = stdout.split('\n').filter(line => line.length > COLUMNS);
  assert.equal(
    wide.filter(line => line.trim().split(/ {2,}/).at(-1)!.includes(' ')),
    [],
  );
});

for (const [env, isColoured] of [
  [{}, false],
  [{ FORCE_COLOR: '1' }, true],
  [{ FORCE_COLOR: '0' }, false],
] as const) {
  test(`with ${JSON.stringify(env)} a pipe gets ${isColoured ? '' : 'no '}colours`, async () => {
    const { stdout } = await doctor(['--no-send'], { ...(await refused()), ...env });

    assert.is(stdout.includes(ESCAPE), isColoured);
  });
}

for (const [env, isColoured] of [
  [{ TERM: 'xterm' }, true],
  [{ TERM: 'xterm', NO_COLOR: '1' }, false],
  [{ TERM: 'dumb' }, false],
] as const) {
  onTerminal(
    `with ${JSON.stringify(env)} a terminal gets ${isColoured ? '' : 'no '}colours`,
    async () => {
      const options = { env: { ...(await refused()), ...env }, stdio: 'pty' } as const;

      const { stdout, code } = await runCommand(['doctor', '--no-send'], options);

      assert.is(String(stdout).includes(ESCAPE), isColoured);
      assert.match(String(stdout), 'refuses connections');
      assert.is(code, 1);
    },
  );
}

test('--json has the same shape whatever is found', async () => {
  const examined = await examine([], { env: await refused() });

  const report = JSON.parse(examined.stdout);
  assert.equal(Object.keys(report), [
    'version',
    'status',
    'logsUrl',
    'folder',
    'sections',
    'resource',
  ]);
  for (const { title, findings } of report.sections) {
    assert.type(title, 'string');
    for (const finding of findings) {
      assert.match(finding.id, /^[a-z]+(\.[a-z]+)?$/);
      assert.match(finding.status, /^(ok|warning|failure)$/);
      assert.type(finding.says, 'string');
      if (finding.status === 'failure') assert.ok(finding.means && finding.todo, finding.id);
    }
  }
  for (const { name, source } of report.resource) assert.ok(name && source);
});

async function doctor(args: readonly string[], env: Record<string, string>) {
  const { stdout, stderr, code } = await runCommand(['doctor', ...args], { env });
  return { stdout: String(stdout), stderr: String(stderr), code };
}

async function refused(): Promise<Record<string, string>> {
  return { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await refusedPort()}` };
}

test.run();
