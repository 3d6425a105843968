import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Host } from '../../src/resource-detectors/host.js';
import { detectResourceNow, detectSlowly } from '../../src/resource-detectors/index.js';
import { fakeHost, firmware } from '../helpers/fake-host.js';

const test = suite('resource-detectors/index');

const SDK = {
  'telemetry.sdk.language': 'nodejs',
  'telemetry.sdk.name': 'opentelemetry',
  'telemetry.sdk.version': '3.1.0',
  'telemetry.distro.name': '@emp/otel-register',
};

test('describes a bare machine', () => {
  const resource = detectResourceNow(fakeHost(), { distroVersion: '0.1.0', instanceId: 'one' });

  assert.equal(resource, {
    ...SDK,
    'telemetry.distro.version': '0.1.0',
    'service.name': 'unknown_service:node',
    'service.instance.id': 'one',
    'host.name': 'machine-7',
    'host.arch': 'amd64',
    'os.type': 'linux',
    'os.version': '6.1.0',
    'process.pid': 42,
    'process.executable.name': 'node',
    'process.executable.path': '/usr/bin/node',
    'process.owner': 'deploy',
    'process.runtime.name': 'nodejs',
    'process.runtime.version': '20.20.2',
    'process.runtime.description': 'Node.js',
  });
});

test('makes a new instance id each time none is given', () => {
  const [first, second] = [1, 2].map(() => detectResourceNow(fakeHost())['service.instance.id']);

  assert.match(String(first), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-/);
  assert.is.not(first, second);
});

const PACKAGE = { '/srv/package.json': '{"name":"detected"}' };

for (const [env, expected] of [
  [{}, 'detected'],
  [{ OTEL_RESOURCE_ATTRIBUTES: 'service.name=listed' }, 'listed'],
  [{ OTEL_RESOURCE_ATTRIBUTES: 'service.name=listed', OTEL_SERVICE_NAME: 'said' }, 'said'],
  [{ OTEL_RESOURCE_ATTRIBUTES: 'service.name=' }, 'detected'],
] as const) {
  test(`names the service ${expected} with ${JSON.stringify(env)}`, () => {
    const host = fakeHost({ env, cwd: '/srv', files: PACKAGE });

    assert.is(detectResourceNow(host)['service.name'], expected);
  });
}

test('what the operator says beats every detector', () => {
  const env = {
    OTEL_RESOURCE_ATTRIBUTES: 'host.name=mine,process.owner=me,emp.pool.name=p',
    EMP_POOL: 'q',
  };
  const resource = detectResourceNow(fakeHost({ env }));

  assert.is(resource['host.name'], 'mine');
  assert.is(resource['process.owner'], 'me');
  assert.is(resource['emp.pool.name'], 'p');
});

const EC2 = {
  ...firmware({ sys_vendor: 'Amazon EC2', board_asset_tag: 'i-0a', product_name: 'm5.large' }),
  '/etc/machine-id': '4c4c4544004a35108052c4c04f4a3332',
};

const answer: Host['fetchText'] = async url =>
  url.endsWith('/token') ? 'token' : '{"region":"eu-west-1","instanceId":"i-0b"}';

test("a cloud's instance id beats the machine id of an image", async () => {
  const host = fakeHost({ files: EC2, fetchText: answer });

  assert.is(detectResourceNow(host)['host.id'], 'i-0a');
  assert.is((await detectResource(host))['host.id'], 'i-0b');
});

test('what is found slowly stays below what the operator says', async () => {
  const env = { OTEL_RESOURCE_ATTRIBUTES: 'cloud.region=mine,host.id=mine' };
  const host = fakeHost({ env, files: EC2, fetchText: answer });

  assert.equal(await detectSlowly(host), {});
  const resource = await detectResource(host);
  assert.is(resource['cloud.region'], 'mine');
  assert.is(resource['host.id'], 'mine');
});

test('a hanging metadata service delays the resource by its deadline and no more', async () => {
  const host = fakeHost({ files: EC2, fetchText: () => new Promise(() => {}) });
  const before = performance.now();

  const resource = await detectResource(host, 30);

  assert.ok(performance.now() - before < 400);
  assert.is(resource['cloud.provider'], 'aws');
  assert.is(resource['host.type'], 'm5.large');
});

test('makes no request on a machine in no cloud', async () => {
  const host = fakeHost();

  await detectResource(host);

  assert.equal(host.requests, []);
});

for (const method of ['hostname', 'osVersion', 'userName', 'readText', 'list'] as const) {
  test(`a host whose ${method}() throws costs only what depends on it`, async () => {
    const host = fakeHost({
      env: { EMP_POOL: 'heavy', OTEL_SERVICE_NAME: 'said' },
      [method]: () => {
        throw new Error('broken');
      },
    });

    const resource = await detectResource(host);

    assert.is(resource['emp.pool.name'], 'heavy');
    assert.is(resource['service.name'], 'said');
    assert.is(resource['telemetry.sdk.name'], 'opentelemetry');
  });
}

for (const [listed, present, absent] of [
  ['host', ['host.name'], ['os.type', 'process.pid', 'service.instance.id', 'cloud.provider']],
  ['os,process', ['os.type', 'process.pid'], ['host.name', 'service.instance.id']],
  ['serviceinstance', ['service.instance.id'], ['host.name', 'container.id']],
  ['aws', ['cloud.provider'], ['host.name']],
  ['gcp,azure', [], ['cloud.provider', 'host.id']],
  ['container', ['container.id'], ['process.pid']],
  ['all', ['host.name', 'os.type', 'process.pid', 'cloud.provider', 'container.id'], []],
] as const) {
  test(`OTEL_NODE_RESOURCE_DETECTORS=${listed} leaves those on, and ours`, () => {
    const host = fakeHost({
      env: { OTEL_NODE_RESOURCE_DETECTORS: listed, EMP_POOL: 'heavy' },
      cwd: '/srv',
      files: { ...PACKAGE, ...EC2, '/proc/self/cgroup': `1:cpu:/docker/${'a'.repeat(64)}` },
    });

    const resource = detectResourceNow(host);

    for (const key of ['emp.pool.name', 'service.name', ...present])
      assert.ok(key in resource, key);
    for (const key of absent) assert.not(key in resource, key);
  });
}

test('OTEL_NODE_RESOURCE_DETECTORS=none leaves the SDK and what the operator says', () => {
  const env = {
    OTEL_NODE_RESOURCE_DETECTORS: 'none',
    OTEL_RESOURCE_ATTRIBUTES: 'team=shop',
    EMP_POOL: 'heavy',
  };

  assert.equal(detectResourceNow(fakeHost({ env, cwd: '/srv', files: PACKAGE })), {
    ...SDK,
    'service.name': 'unknown_service:node',
    team: 'shop',
  });
});

/** As the exporter thread puts them together. */
async function detectResource(host: Host, deadlineMs?: number) {
  return { ...detectResourceNow(host), ...(await detectSlowly(host, deadlineMs)) };
}

test.run();
