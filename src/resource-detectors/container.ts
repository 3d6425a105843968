import type { Host, ResourceAttributes } from './host.js';
import { type Mount, readMounts } from './mounts.js';
import { present } from './present.js';

/** The container's id, where the runtime (Docker, containerd, CRI-O, Podman) lets it be seen. */
export function detectContainer(host: Host): ResourceAttributes {
  return present({ 'container.id': idFromCgroup(host) ?? idFromMounts(host) });
}

// cgroup v1, and v2 when the container shares the host's cgroup namespace: every runtime ends
// the path in the id (`docker-<id>.scope`, `cri-containerd-<id>.scope`, `crio-<id>`, `libpod-<id>`).
function idFromCgroup(host: Host): string | undefined {
  const lines = (host.readText('/proc/self/cgroup') ?? '').split('\n');
  return firstFound(lines, lastId);
}

// cgroup v2 with a namespace of its own says `0::/`. Then the files a runtime mounts into
// each container tell: they lie in a folder named by the id.
function idFromMounts(host: Host): string | undefined {
  const mounts = readMounts(host);
  const cgroups = mounts.filter(({ fileSystem }) => fileSystem.startsWith('cgroup'));
  const id = firstFound(cgroups, ({ root }) => lastId(root));
  if (id || isPod(host, mounts)) return id;

  return firstFound(
    mounts.filter(({ mountPoint }) => RUNTIME_FILES.has(mountPoint)),
    ({ root }) => root.match(/containers\/(?:.*\/)?([0-9a-f]{64})\//)?.[1],
  );
}

// Other mounts won't do: the host itself has those of all its containers.
const RUNTIME_FILES: ReadonlySet<string> = new Set([
  '/etc/hostname',
  '/etc/hosts',
  '/etc/resolv.conf',
]);

// In a pod these files belong to its sandbox (the "pause" container), whose id is not ours.
function isPod(host: Host, mounts: readonly Mount[]): boolean {
  return (
    host.env.KUBERNETES_SERVICE_HOST !== undefined ||
    mounts.some(({ root }) => /\/sandboxes\/|\/pods\/[0-9a-f-]{36}\//.test(root))
  );
}

// The last: a container inside a container has the outer one's id first.
function lastId(path: string): string | undefined {
  return path.match(/(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g)?.at(-1);
}

function firstFound<Item, Found>(
  items: readonly Item[],
  find: (item: Item) => Found | undefined,
): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
