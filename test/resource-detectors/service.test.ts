import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PACKAGE_RUNNERS } from '../../src/resource-detectors/package-runners.js';
import { detectService } from '../../src/resource-detectors/service.js';
import { fakeHost } from '../helpers/fake-host.js';

const test = suite('resource-detectors/service');

const manifest = (fields: object) => JSON.stringify(fields);

test('names the service after the package above its entry script', () => {
  const host = fakeHost({
    argv: ['node', '/srv/api/dist/server.js'],
    files: { '/srv/api/package.json': manifest({ name: 'api', version: '1.2.3' }) },
  });

  assert.equal(detectService(host), { 'service.name': 'api', 'service.version': '1.2.3' });
});

test('splits a scoped name into namespace and name', () => {
  const host = fakeHost({
    argv: ['node', '/srv/server.js'],
    files: { '/srv/package.json': manifest({ name: '@emp/api' }) },
  });

  assert.equal(detectService(host), { 'service.name': 'api', 'service.namespace': 'emp' });
});

test('takes the folder of `node .` as the entry, not the folder above it', () => {
  const host = fakeHost({
    argv: ['node', '/srv/api'],
    files: {
      '/srv/package.json': manifest({ name: 'monorepo' }),
      '/srv/api/package.json': manifest({ name: 'api' }),
    },
  });

  assert.is(detectService(host)['service.name'], 'api');
});

for (const [what, text] of [
  ['has no name', '{"type":"module"}'],
  ['has a blank name', '{"name":"  "}'],
  ['has a name that is a number', '{"name":7}'],
  ['has a name that is an object', '{"name":{"name":"x"}}'],
  ['is an empty file', ''],
  ['is cut off', '{"name":"half'],
  ['is YAML', 'name: half'],
  ['is null', 'null'],
  ['is a list', '["name"]'],
] as const) {
  test(`looks further up when a package.json ${what}`, () => {
    const host = fakeHost({
      argv: ['node', '/srv/api/dist/server.js'],
      files: { '/srv/api/dist/package.json': text, '/srv/api/package.json': '{"name":"api"}' },
    });

    assert.equal(detectService(host), { 'service.name': 'api' });
  });
}

test('reads a package.json that begins with a byte order mark', () => {
  const host = fakeHost({
    argv: ['node', '/srv/server.js'],
    files: { '/srv/package.json': '\uFEFF{"name":"api"}' },
  });

  assert.is(detectService(host)['service.name'], 'api');
});

test('leaves out a version that is not text', () => {
  const host = fakeHost({
    argv: ['node', '/srv/server.js'],
    files: { '/srv/package.json': '{"name":"api","version":2}' },
  });

  assert.equal(detectService(host), { 'service.name': 'api' });
});

test("prefers pm2's pm_exec_path, because argv[1] is pm2's own file at first", () => {
  const host = fakeHost({
    env: { pm_exec_path: '/srv/worker/index.js' },
    argv: ['node', '/usr/lib/node_modules/pm2/lib/ProcessContainerFork.js'],
    files: {
      '/usr/lib/node_modules/pm2/package.json': manifest({ name: 'pm2' }),
      '/srv/worker/package.json': manifest({ name: 'worker' }),
    },
  });

  assert.is(detectService(host)['service.name'], 'worker');
});

test('takes argv[1] when pm2 started npm, which started the program', () => {
  const host = fakeHost({
    env: { pm_exec_path: '/usr/lib/node_modules/npm/bin/npm-cli.js' },
    argv: ['node', '/srv/worker/index.js'],
    files: {
      '/usr/lib/node_modules/npm/package.json': manifest({ name: 'npm' }),
      '/srv/worker/package.json': manifest({ name: 'worker' }),
    },
  });

  assert.is(detectService(host)['service.name'], 'worker');
});

for (const runner of ['npm', 'npx', 'pnpm', 'yarn', 'tsx', 'nodemon', 'pm2', 'jest', 'vitest']) {
  test(`takes the package of the working folder when ${runner} is the entry`, () => {
    const host = fakeHost({
      cwd: '/srv/api/src',
      argv: ['node', `/lib/node_modules/${runner}/bin/cli.js`],
      files: {
        [`/lib/node_modules/${runner}/package.json`]: manifest({ name: runner }),
        '/srv/api/package.json': manifest({ name: 'api' }),
      },
    });

    assert.is(detectService(host)['service.name'], 'api');
  });
}

test('knows the runners of its list by their exact names', () => {
  assert.ok(PACKAGE_RUNNERS.has('ts-node'));
  assert.not(PACKAGE_RUNNERS.has('npm-proxy'));
});

for (const [what, argv] of [
  ['without an entry (node -e, REPL)', ['node']],
  ['when argv[1] is an argument of `node -e`', ['node', '../other']],
  ['when the program comes on stdin', ['node', '-']],
] as const) {
  test(`takes the package of the working folder ${what}`, () => {
    const host = fakeHost({
      argv,
      cwd: '/srv/api/src',
      files: {
        '/srv/api/package.json': '{"name":"api"}',
        '/srv/api/other/package.json': '{"name":"other"}',
      },
    });

    assert.is(detectService(host)['service.name'], 'api');
  });
}

test('says nothing of a service without any package', () => {
  assert.equal(detectService(fakeHost({ argv: ['node', '/tmp/script.js'] })), {});
});

test('walks up a Windows path, to the root of its drive', () => {
  const host = fakeHost({
    platform: 'win32',
    cwd: 'D:\\',
    argv: ['node.exe', 'C:\\srv\\api\\dist\\server.js'],
    files: { 'C:\\srv\\api\\package.json': '{"name":"api"}' },
  });

  assert.is(detectService(host)['service.name'], 'api');
});

for (const [env, expected] of [
  [{ DEPLOYMENT_ENVIRONMENT: 'staging', NODE_ENV: 'production' }, 'staging'],
  [{ DEPLOYMENT_ENVIRONMENT: ' ', NODE_ENV: 'production' }, 'production'],
  [{ NODE_ENV: '' }, undefined],
] as const) {
  test(`takes ${expected} as the environment of ${JSON.stringify(env)}`, () => {
    assert.is(detectService(fakeHost({ env }))['deployment.environment.name'], expected);
  });
}

test.run();
