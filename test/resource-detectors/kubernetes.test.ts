import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { detectKubernetes } from '../../src/resource-detectors/kubernetes.js';
import { fakeHost } from '../helpers/fake-host.js';

const test = suite('resource-detectors/kubernetes');

const CLUSTER = { KUBERNETES_SERVICE_HOST: '10.0.0.1' };
const UID = '2f7c2f0e-5c5b-4c0f-9a3c-1d2e3f405162';

for (const [variable, attribute] of [
  ['POD_NAME', 'k8s.pod.name'],
  ['MY_POD_NAME', 'k8s.pod.name'],
  ['POD_UID', 'k8s.pod.uid'],
  ['POD_NAMESPACE', 'k8s.namespace.name'],
  ['NODE_NAME', 'k8s.node.name'],
] as const) {
  test(`takes ${attribute} from ${variable} inside a cluster only`, () => {
    const env = { [variable]: 'value' };

    assert.equal(detectKubernetes(fakeHost({ env: { ...env, ...CLUSTER } })), {
      [attribute]: 'value',
    });
    assert.equal(detectKubernetes(fakeHost({ env })), {});
  });
}

for (const [variable, attribute] of [
  ['K8S_POD_NAME', 'k8s.pod.name'],
  ['K8S_POD_UID', 'k8s.pod.uid'],
  ['K8S_NAMESPACE_NAME', 'k8s.namespace.name'],
  ['K8S_NAMESPACE', 'k8s.namespace.name'],
  ['KUBERNETES_NODE_NAME', 'k8s.node.name'],
  ['K8S_DEPLOYMENT_NAME', 'k8s.deployment.name'],
  ['K8S_CONTAINER_NAME', 'k8s.container.name'],
  ['K8S_CLUSTER_NAME', 'k8s.cluster.name'],
] as const) {
  test(`takes ${attribute} from ${variable} anywhere`, () => {
    assert.equal(detectKubernetes(fakeHost({ env: { [variable]: 'value' } })), {
      [attribute]: 'value',
    });
  });
}

test('leaves words alone that mean other things inside clusters too', () => {
  const env = { ...CLUSTER, NAMESPACE: 'redis', JOB_NAME: 'nightly', CONTAINER_NAME: 'x' };

  assert.equal(detectKubernetes(fakeHost({ env })), {});
});

test('prefers the prefixed name', () => {
  const env = { ...CLUSTER, POD_NAME: 'common', K8S_POD_NAME: 'own' };

  assert.is(detectKubernetes(fakeHost({ env }))['k8s.pod.name'], 'own');
});

const MOUNTS = `
1 2 254:1 /var/lib/kubelet/pods/${UID}/etc-hosts /etc/hosts rw - ext4 /dev/vda1 rw
1 2 254:1 /var/lib/kubelet/pods/${UID}/containers/api/1f2e3d4c /dev/termination-log rw - ext4 /dev/vda1 rw
`;

test('knows pod, container and namespace from what the kubelet mounts', () => {
  const files = {
    '/proc/self/mountinfo': MOUNTS,
    '/var/run/secrets/kubernetes.io/serviceaccount/namespace': 'shop\n',
  };

  assert.equal(detectKubernetes(fakeHost({ env: CLUSTER, files })), {
    'k8s.namespace.name': 'shop',
    'k8s.pod.uid': UID,
    'k8s.container.name': 'api',
  });
});

test('prefers what the deployment says to what is mounted', () => {
  const env = { ...CLUSTER, POD_UID: 'said' };
  const host = fakeHost({ env, files: { '/proc/self/mountinfo': MOUNTS } });

  assert.is(detectKubernetes(host)['k8s.pod.uid'], 'said');
});

test("does not take a pod's mounts on its node for this process's pod", () => {
  const line = `1 2 254:1 / /var/lib/kubelet/pods/${UID}/volumes/x rw - tmpfs tmpfs rw`;
  const host = fakeHost({ env: CLUSTER, files: { '/proc/self/mountinfo': line } });

  assert.equal(detectKubernetes(host), {});
});

test('reads no file outside a cluster', () => {
  const host = fakeHost({
    readText: () => {
      throw new Error('read');
    },
  });

  assert.equal(detectKubernetes(host), {});
});

test.run();
