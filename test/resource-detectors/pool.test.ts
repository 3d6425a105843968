import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { detectPool } from '../../src/resource-detectors/pool.js';
import { fakeHost } from '../helpers/fake-host.js';

const test = suite('resource-detectors/pool');

for (const [env, expected] of [
  [{ EMP_POOL: 'fast-lane', MACHINE_POOL: 'heavy' }, 'fast-lane'],
  [{ MACHINE_POOL: 'heavy', POOL_TYPE: 'standard' }, 'heavy'],
  [{ POOL_TYPE: 'standard', NODE_POOL: 'gke-1' }, 'standard'],
  [{ EMP_POOL: '  ', POOL_TYPE: ' standard ' }, 'standard'],
  [{ K8S_NODE_POOL: 'batch' }, 'batch'],
  [{ GKE_NODEPOOL: 'batch' }, 'batch'],
  [{ EKS_NODEGROUP: 'batch' }, 'batch'],
] as const) {
  test(`takes ${expected} from ${JSON.stringify(env)}`, () => {
    assert.equal(detectPool(fakeHost({ env })), { 'emp.pool.name': expected });
  });
}

for (const label of [
  'cloud.google.com/gke-nodepool',
  'eks.amazonaws.com/nodegroup',
  'kubernetes.azure.com/agentpool',
  'karpenter.sh/nodepool',
]) {
  test(`reads the label ${label} from the downward API's file`, () => {
    const text = `app="api"\n${label}="gpu-heavy"\npod-template-hash="5d9c"\n`;
    const host = fakeHost({ files: { '/etc/podinfo/labels': text } });

    assert.equal(detectPool(host), { 'emp.pool.name': 'gpu-heavy' });
  });
}

test('prefers a variable to a label, and a label to the map', () => {
  const files = { '/etc/podinfo/labels': 'karpenter.sh/nodepool="labelled"' };
  const env = { OTEL_REGISTER_POOL_MAP: '*=mapped' };

  assert.is(detectPool(fakeHost({ env, files }))['emp.pool.name'], 'labelled');
  assert.is(
    detectPool(fakeHost({ env: { ...env, EMP_POOL: 'said' }, files }))['emp.pool.name'],
    'said',
  );
});

for (const text of [
  '',
  'karpenter.sh/nodepool=""',
  'karpenter.sh/nodepool=bare',
  '\0\0',
  '=""\n="',
]) {
  test(`finds no pool in a labels file of ${JSON.stringify(text)}`, () => {
    assert.equal(detectPool(fakeHost({ files: { '/etc/podinfo/labels': text } })), {});
  });
}

test('maps the host name of the machine', () => {
  const env = { OTEL_REGISTER_POOL_MAP: 'gpu-heavy-*=heavy,fast-*=fast-lane' };
  const host = fakeHost({ env, hostname: () => 'GPU-Heavy-03' });

  assert.equal(detectPool(host), { 'emp.pool.name': 'heavy' });
});

test('maps the name of the node when the host name is a pod', () => {
  const env = { OTEL_REGISTER_POOL_MAP: 'gpu-*=heavy', NODE_NAME: 'gpu-9' };
  const host = fakeHost({ env, hostname: () => 'api-5d9c-x2x' });

  assert.equal(detectPool(host), { 'emp.pool.name': 'heavy' });
});

test('leaves the pool out when nothing tells', () => {
  const env = { OTEL_REGISTER_POOL_MAP: 'gpu-*=heavy' };

  assert.equal(detectPool(fakeHost({ env })), {});
  assert.equal(detectPool(fakeHost()), {});
});

test.run();
