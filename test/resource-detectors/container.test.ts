import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { detectContainer } from '../../src/resource-detectors/container.js';
import { fakeHost } from '../helpers/fake-host.js';

const test = suite('resource-detectors/container');

const ID = '9ec39b91f3d70e1beff50a308f77067065ea6be0d91a3378375056cd4422cf3d';
const OTHER = '4f797c539e6c745de61a93ca3ff892358ecbcaccd8414d5db545c38428142970';
const POD = 'pod2f7c2f0e-5c5b-4c0f-9a3c-1d2e3f405162';

for (const [runtime, line] of [
  ['Docker', `12:memory:/docker/${ID}`],
  ['Docker under systemd', `10:devices:/system.slice/docker-${ID}.scope`],
  ['Docker in Docker', `10:devices:/docker/${OTHER}/docker/${ID}`],
  ['Kubernetes', `11:cpu:/kubepods/besteffort/${POD}/${ID}`],
  ['containerd', `0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-${ID}.scope`],
  [
    'containerd without systemd',
    `9:perf_event:/system.slice/containerd.service/x:cri-containerd:${ID}`,
  ],
  ['CRI-O', `0::/kubepods.slice/kubepods-pod1.slice/crio-${ID}.scope`],
  ['Podman', `0::/machine.slice/libpod-${ID}.scope/container`],
  ['ECS', `1:name=systemd:/ecs/55091c13-b8cf-4801-b527-f4601742204d/${ID}`],
] as const) {
  test(`reads the id ${runtime} puts in the cgroup`, () => {
    const files = { '/proc/self/cgroup': `13:pids:/\n${line}\n1:cpuset:/\n` };

    assert.equal(detectContainer(fakeHost({ files })), { 'container.id': ID });
  });
}

const mount = (root: string, point: string) =>
  `629 617 254:1 ${root} ${point} rw,relatime master:5 - ext4 /dev/vda1 rw`;
const cgroupMount = (root: string) =>
  `633 617 0:29 ${root} /sys/fs/cgroup ro,nosuid - cgroup2 cgroup rw`;

for (const [runtime, line] of [
  ['Docker', mount(`/var/lib/docker/containers/${ID}/hostname`, '/etc/hostname')],
  ['Docker with a disk of its own', mount(`/containers/${ID}/resolv.conf`, '/etc/resolv.conf')],
  [
    'Podman',
    mount(`/containers/storage/overlay-containers/${ID}/userdata/hostname`, '/etc/hostname'),
  ],
  [
    'containerd (nerdctl)',
    mount(`/var/lib/nerdctl/1935/containers/default/${ID}/hosts`, '/etc/hosts'),
  ],
  ['CRI-O', cgroupMount(`/kubepods.slice/kubepods-pod1.slice/crio-${ID}.scope`)],
  ['containerd', cgroupMount(`/kubepods.slice/kubepods-pod1.slice/cri-containerd-${ID}.scope`)],
] as const) {
  test(`reads the id ${runtime} leaves in the mounts when the cgroup says nothing`, () => {
    const files = { '/proc/self/cgroup': '0::/\n', '/proc/self/mountinfo': `${line}\n` };

    assert.equal(detectContainer(fakeHost({ files })), { 'container.id': ID });
  });
}

for (const [runtime, root] of [
  ['containerd', `/var/lib/containerd/io.containerd.grpc.v1.cri/sandboxes/${ID}/hostname`],
  ['CRI-O', `/containers/storage/overlay-containers/${ID}/userdata/hostname`],
  ['Docker', `/var/lib/docker/containers/${ID}/hostname`],
] as const) {
  test(`does not take the id of the pod's sandbox for the container's under ${runtime}`, () => {
    const host = fakeHost({
      env: { KUBERNETES_SERVICE_HOST: '10.0.0.1' },
      files: { '/proc/self/mountinfo': mount(root, '/etc/hostname') },
    });

    assert.equal(detectContainer(host), {});
  });
}

test('does not take a container on this host for one around this process', () => {
  const root = `/var/lib/docker/containers/${ID}/mounts/shm`;
  const files = { '/proc/self/mountinfo': mount('/', `${root}`) };

  assert.equal(detectContainer(fakeHost({ files })), {});
});

for (const text of [
  '',
  '0::/',
  `0::/docker/${ID}0`,
  `0::/docker/${ID.slice(1)}`,
  '\0'.repeat(99),
]) {
  test(`finds no id in a cgroup of ${JSON.stringify(text.slice(0, 20))}, ${text.length} long`, () => {
    const files = { '/proc/self/cgroup': text, '/proc/self/mountinfo': text };

    assert.equal(detectContainer(fakeHost({ files })), {});
  });
}

test('finds no id on a machine without /proc', () => {
  assert.equal(detectContainer(fakeHost()), {});
});

test.run();
