import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../../helpers/collector.js';
import { packageEntry } from '../../helpers/packed-package.js';
import { PACKAGE_NAME } from '../../helpers/repository.js';
import { examine, manifest, the, withFiles } from './examined.js';

const test = suite('commands/doctor/doctor-program');

// Set-ups that are broken around the program, and what is said of each.

const REGISTER = packageEntry('require');
const BARE = `--import ${PACKAGE_NAME}`;

test('a bare name in NODE_OPTIONS is named, with the path to use, though it is found from here', async () => {
  const examined = await examine(['--no-send'], { env: { NODE_OPTIONS: BARE } });

  const { status, todo } = the(examined, 'preload.bare');
  assert.is(status, 'warning');
  assert.match(todo!, /^Use an absolute path: --import file:\/\/\/.*\/dist\/register\.mjs$/);
});

test('a bare name that is not found from the folder of the program is a failure', () =>
  withFiles({ 'app.js': '' }, async folder => {
    const program = join(folder, 'app.js');

    const examined = await examine(['--no-send', program], { env: { NODE_OPTIONS: BARE } });

    const { status, says, means } = the(examined, 'preload.unresolved');
    assert.is(status, 'failure');
    assert.is(says, `NODE_OPTIONS name ${PACKAGE_NAME}, which is not found from ${folder}`);
    assert.match(means!, 'ERR_MODULE_NOT_FOUND');
    assert.is(examined.code, 1);
  }));

test('options that Node would not start with are looked at by --node-options', () =>
  withFiles({}, async folder => {
    const options = `${BARE} --require "/no such/file.cjs"`;

    const examined = await examine(['--no-send', '--node-options', options], { cwd: folder });

    const said = examined.findings.filter(({ id }) => id === 'preload.unresolved');
    assert.equal(
      said.map(({ says }) => says.split(' ').slice(2, -4).join(' ')),
      [`${PACKAGE_NAME}, which is`, '/no such/file.cjs, which is'],
    );
  }));

test('an absolute path in NODE_OPTIONS is all right', async () => {
  const env = { NODE_OPTIONS: `--require ${REGISTER}` };

  const examined = await examine(['--no-send'], { env });

  assert.match(the(examined, 'preload').says, /^Preloaded by NODE_OPTIONS \(\d/);
});

test('a folder from which the package is not found is named', () =>
  withFiles({}, async folder => {
    const examined = await examine(['--no-send'], { cwd: folder });

    assert.is(the(examined, 'preload.missing').status, 'warning');
  }));

for (const [options, isFailure] of [
  ['--permission', true],
  ['--experimental-permission --allow-fs-read=*', true],
  ['--permission --allow-worker', false],
] as const) {
  test(`Node with ${options} ${isFailure ? 'is a failure' : 'has its thread'}`, async () => {
    const examined = await examine(['--no-send', '--node-options', options]);

    const said = examined.findings.filter(({ id }) => id === 'node.permission');
    assert.equal(
      said.map(({ todo }) => todo),
      isFailure ? ['Add --allow-worker to the options of Node.'] : [],
    );
  });
}

const tree = {
  'package.json': manifest('shop', '1.0.0', { dependencies: { '@opentelemetry/sdk-node': '*' } }),
  'node_modules/@opentelemetry/sdk-node/package.json': manifest(
    '@opentelemetry/sdk-node',
    '0.53.0',
  ),
  'node_modules/@opentelemetry/api/package.json': manifest('@opentelemetry/api', '1.9.0'),
  'node_modules/@opentelemetry/resources/package.json': manifest(
    '@opentelemetry/resources',
    '1.26.0',
  ),
  'node_modules/winston/package.json': manifest('winston', '3.19.0'),
};

test('a program that traces by itself is known by what it depends on', () =>
  withFiles({ ...tree, 'src/app.js': '' }, async folder => {
    const examined = await examine(['--no-send', join(folder, 'src/app.js')]);

    assert.is(
      the(examined, 'packages.tracing').says,
      'The program traces by itself, with @opentelemetry/sdk-node 0.53.0',
    );
    assert.is(the(examined, 'packages.loggers').says, 'Loggers: winston 3.19.0');
    assert.not(examined.findings.some(({ id }) => id === 'packages.mixed'));
  }));

test('mixed versions of OpenTelemetry are named, wherever they are installed', () => {
  const nested = 'node_modules/helper/node_modules/@opentelemetry';
  const pnpm = 'node_modules/.pnpm/winston@2.4.7/node_modules/winston';
  const files = {
    ...tree,
    [`${nested}/api/package.json`]: manifest('@opentelemetry/api', '1.4.1'),
    [`${nested}/resources/package.json`]: manifest('@opentelemetry/resources', '2.0.1'),
    [`${pnpm}/package.json`]: manifest('winston', '2.4.7'),
  };
  return withFiles(files, async folder => {
    const examined = await examine(['--no-send', folder]);

    assert.is(
      the(examined, 'packages.api').says,
      '@opentelemetry/api is there in 2 versions: 1.4.1, 1.9.0',
    );
    assert.match(
      the(examined, 'packages.mixed').says,
      /mixed versions: @opentelemetry\/resources 1\.26\.0 and 2\.0\.1$/,
    );
    assert.is(the(examined, 'packages.loggers').says, 'Loggers: winston 2.4.7 and 3.19.0');
    assert.is(examined.code, examined.status === 'failure' ? 1 : 0);
  });
});

test(
  'other preloads are not run for the probe, nor is an inspector opened',
  withCollector(async collector => {
    await withFiles({ 'other.cjs': "console.log('other preload')" }, async folder => {
      const options = `--require=${join(folder, 'other.cjs')} --inspect-brk --no-warnings`;
      const env = endpointOf(collector);

      const examined = await examine(['--node-options', options], { env });

      assert.is(the(examined, 'probe').status, 'ok');
      assert.equal(
        collector.records.map(({ body }) => body),
        ['Probe of otel-register doctor'],
      );
    });
  }),
);

test('each attribute of the resource says what has found it', () =>
  withFiles({ 'package.json': manifest('@emp/shop', '2.1.0') }, async folder => {
    const env = { EMP_POOL: 'heavy', OTEL_RESOURCE_ATTRIBUTES: 'team=a,service.version=3' };

    const { resource } = await examine(['--no-send', folder], { env });

    const found = Object.fromEntries(
      resource.map(({ name, value, source }) => [name, `${value} (${source})`]),
    );
    assert.is(found['service.name'], 'shop (service)');
    assert.is(found['service.version'], '3 (environment)');
    assert.is(found['emp.pool.name'], 'heavy (pool)');
    assert.is(found.team, 'a (environment)');
    assert.is(found['process.pid'], undefined);
  }));

test.run();
