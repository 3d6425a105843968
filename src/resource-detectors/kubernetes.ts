import { firstVariable } from './first-variable.js';
import type { Host, ResourceAttributes } from './host.js';
import { readMounts } from './mounts.js';
import { present } from './present.js';

/**
 * The pod, from what its deployment hands down and what the kubelet mounts. `POD_NAME` and the
 * like are common words: they count only inside a cluster.
 */
export function detectKubernetes(host: Host): ResourceAttributes {
  const inCluster = firstVariable(host.env, 'KUBERNETES_SERVICE_HOST') !== undefined;
  const handedDown = present(
    Object.fromEntries(
      Object.entries(VARIABLES).map(([attribute, { own, common }]) => [
        attribute,
        firstVariable(host.env, ...own, ...(inCluster ? common : [])),
      ]),
    ),
  );
  return inCluster ? { ...whatKubeletMounts(host), ...handedDown } : handedDown;
}

interface VariableNames {
  /** Unmistakable, whatever else is set. */
  readonly own: readonly string[];
  /**
   * As many deployments spell them; `MY_` is from Kubernetes' own documentation.
   * https://kubernetes.io/docs/tasks/inject-data-application/environment-variable-expose-pod-information/
   */
  readonly common: readonly string[];
}

// Of the unprefixed ones only those that can mean nothing else: `NAMESPACE`, `JOB_NAME` and
// `CONTAINER_NAME` are used for other things inside clusters too.
const VARIABLES: Readonly<Record<string, VariableNames>> = {
  'k8s.pod.name': { own: prefixed('POD_NAME'), common: ['POD_NAME', 'MY_POD_NAME'] },
  'k8s.pod.uid': { own: prefixed('POD_UID'), common: ['POD_UID', 'MY_POD_UID'] },
  'k8s.namespace.name': {
    own: prefixed('NAMESPACE_NAME', 'POD_NAMESPACE', 'NAMESPACE'),
    common: ['POD_NAMESPACE', 'MY_POD_NAMESPACE'],
  },
  'k8s.node.name': { own: prefixed('NODE_NAME'), common: ['NODE_NAME', 'MY_NODE_NAME'] },
  'k8s.container.name': { own: prefixed('CONTAINER_NAME'), common: [] },
  'k8s.cluster.name': { own: prefixed('CLUSTER_NAME'), common: [] },
  'k8s.deployment.name': { own: prefixed('DEPLOYMENT_NAME'), common: [] },
  'k8s.statefulset.name': { own: prefixed('STATEFULSET_NAME'), common: [] },
  'k8s.daemonset.name': { own: prefixed('DAEMONSET_NAME'), common: [] },
  'k8s.job.name': { own: prefixed('JOB_NAME'), common: [] },
  'k8s.cronjob.name': { own: prefixed('CRONJOB_NAME'), common: [] },
};

function prefixed(...names: readonly string[]): string[] {
  return names.flatMap(name => [`K8S_${name}`, `KUBERNETES_${name}`]);
}

const NAMESPACE_FILE = '/var/run/secrets/kubernetes.io/serviceaccount/namespace';

// A node has the mounts of all its pods: only these two are made for the pod one is in.
const KUBELET_FILES: ReadonlySet<string> = new Set(['/etc/hosts', '/dev/termination-log']);

function whatKubeletMounts(host: Host): ResourceAttributes {
  const roots = readMounts(host)
    .filter(({ mountPoint }) => KUBELET_FILES.has(mountPoint))
    .map(({ root }) => root.match(/\/pods\/([0-9a-f-]{32,36})\/(?:containers\/([^/]+)\/)?/));
  return present({
    'k8s.namespace.name': host.readText(NAMESPACE_FILE)?.trim(),
    'k8s.pod.uid': roots.find(match => match?.[1])?.[1],
    'k8s.container.name': roots.find(match => match?.[2])?.[2],
  });
}
