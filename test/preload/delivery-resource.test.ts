import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('preload/delivery-resource');

for (const [what, env, expected] of [
  [
    'the service, the machine and this package are told',
    { SALAD_MACHINE_ID: 'm-1', SALAD_CONTAINER_GROUP_ID: 'g-1' },
    {
      'emp.machine.id': 'm-1',
      'telemetry.sdk.language': 'nodejs',
      'telemetry.distro.name': '@emp/otel-register',
    },
  ],
  ['EMP_POOL is the pool', { EMP_POOL: 'heavy' }, { 'emp.pool.name': 'heavy' }],
  [
    'OTEL_RESOURCE_ATTRIBUTES win over what is detected',
    { EMP_POOL: 'heavy', OTEL_RESOURCE_ATTRIBUTES: 'emp.pool.name=ours,team=a%20b' },
    { 'emp.pool.name': 'ours', team: 'a b' },
  ],
  [
    'OTEL_RESOURCE_ATTRIBUTES may name the service',
    { OTEL_RESOURCE_ATTRIBUTES: 'service.name=attribute' },
    { 'service.name': 'attribute' },
  ],
  [
    'OTEL_SERVICE_NAME wins over OTEL_RESOURCE_ATTRIBUTES',
    { OTEL_RESOURCE_ATTRIBUTES: 'service.name=attribute', OTEL_SERVICE_NAME: 'variable' },
    { 'service.name': 'variable' },
  ],
] as const) {
  test(
    what,
    withCollector(async collector => {
      await runNode({
        script: 'delivery/one-line.cjs',
        env: { ...endpointOf(collector), ...env },
      });

      const { resource } = collector.records[0]!;
      for (const [key, value] of Object.entries(expected)) assert.is(resource[key], value, key);
      assert.ok(resource['service.name']);
      assert.ok(resource['service.instance.id']);
      assert.ok(resource['host.name']);
    }),
  );
}

test(
  'all requests of a process have the same instance id, and another process another',
  withCollector(async collector => {
    const env = { ...endpointOf(collector), OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: '1' };
    for (let i = 0; i < 2; i++) {
      await runNode({ script: 'delivery/many-then-exit.cjs', args: ['3'], env });
    }

    const ids = collector.records.map(({ resource }) => resource['service.instance.id']);
    assert.is(ids.length, 6);
    assert.is(new Set(ids).size, 2);
  }),
);

test.run();
