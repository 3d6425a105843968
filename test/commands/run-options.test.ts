import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withCollector } from '../helpers/collector.js';
import { FIXTURES } from '../helpers/repository.js';
import { NODE, runCommand } from '../helpers/run-command.js';

const test = suite('commands/run-options');

const HELLO = [NODE, '-e', "console.log('Hello'); console.warn('Careful')"];

test(
  'what is asked for on the command line wins over the environment',
  withCollector(async collector => {
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
      OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'http://127.0.0.1:9/v1/logs',
      OTEL_SERVICE_NAME: 'old',
      EMP_POOL: 'old',
      OTEL_REGISTER_LOG_LEVEL: 'fatal',
    };
    const options = [
      '--endpoint',
      collector.url,
      '--service=shop',
      '--pool',
      'heavy',
      '--level=warn',
    ];

    const { stdout, stderr, code } = await runCommand(['run', ...options, '--', ...HELLO], { env });

    assert.is(String(stdout), 'Hello\n');
    assert.is(String(stderr), 'Careful\n');
    assert.is(code, 0);
    assert.equal(
      collector.records.map(({ body }) => body),
      ['Careful'],
    );
    const { resource } = collector.records[0]!;
    assert.is(resource['service.name'], 'shop');
    assert.is(resource['emp.pool.name'], 'heavy');
  }),
);

test(
  'an endpoint without http:// is taken as one with it, and nothing is said of variables',
  withCollector(async collector => {
    const endpoint = ['--endpoint', collector.url.replace('http://', '')];
    const env = { OTEL_REGISTER_DIAGNOSTICS: 'on' };

    const { stderr } = await runCommand(['run', ...endpoint, '--level', 'WARN', ...HELLO], { env });

    assert.is(String(stderr), 'Careful\n');
    assert.equal(
      collector.records.map(({ body }) => body),
      ['Careful'],
    );
  }),
);

test("options behind the program are the program's", async () => {
  const program = join(FIXTURES, 'commands/arguments.cjs');

  const { stdout } = await runCommand(['run', NODE, program, '--level', 'loud', '--', '--help']);

  assert.equal(JSON.parse(String(stdout)), ['--level', 'loud', '--', '--help']);
});

test('nothing of its own is in the environment of a program that nothing is asked for', async () => {
  const program =
    'console.log(Object.keys(process.env).filter(name => /^(OTEL|EMP)_/.test(name)).sort().join())';
  const env = { OTEL_REGISTER_SPOOL_DIR: undefined, OTEL_REGISTER_DIAGNOSTICS: undefined };

  const { stdout } = await runCommand(['run', NODE, '-e', program], { env });

  assert.is(String(stdout), 'OTEL_REGISTER_RUN_ID\n');
});

test.run();
