import { firstVariable } from './first-variable.js';
import type { Host, ResourceAttributes } from './host.js';
import { parsePoolMap, poolOfHostName } from './pool-map.js';
import { present } from './present.js';

/**
 * Which pool of machines this one belongs to (`fast-lane`, `heavy`, any name). Asked in order:
 * a variable, a Kubernetes label handed down as a file, the map from host names. Unknown means
 * absent: a wrong pool on a record misleads more than none.
 */
export function detectPool(host: Host): ResourceAttributes {
  return present({
    'emp.pool.name':
      firstVariable(host.env, ...POOL_VARIABLES) ?? labelledPool(host) ?? mappedPool(host),
  });
}

// The first three are what our machines are given. The others are names under which deployments
// hand the node's pool down: Kubernetes has no variable for it of its own.
const POOL_VARIABLES = [
  'EMP_POOL',
  'MACHINE_POOL',
  'POOL_TYPE',
  'K8S_NODE_POOL',
  'K8S_NODE_POOL_NAME',
  'NODE_POOL',
  'NODE_POOL_NAME',
  'NODEPOOL',
  'GKE_NODEPOOL',
  'EKS_NODEGROUP',
  'AKS_AGENTPOOL',
  'KARPENTER_NODEPOOL',
];

// Where pods mount a downwardAPI volume; the first is the one in Kubernetes' own documentation.
// https://kubernetes.io/docs/tasks/inject-data-application/downward-api-volume-expose-pod-information/
const LABEL_FILES = ['/etc/podinfo/labels', '/etc/pod-info/labels', '/podinfo/labels'];

// What each provider puts on its nodes, most particular first.
const POOL_LABELS = [
  'karpenter.sh/nodepool',
  'karpenter.sh/provisioner-name',
  'cloud.google.com/gke-nodepool',
  'eks.amazonaws.com/nodegroup',
  'alpha.eksctl.io/nodegroup-name',
  'kubernetes.azure.com/agentpool',
  'agentpool',
  'doks.digitalocean.com/node-pool',
  'k8s.scaleway.com/pool-name',
  'oke.oraclecloud.com/pool.name',
  'ibm-cloud.kubernetes.io/worker-pool-name',
];

function labelledPool(host: Host): string | undefined {
  for (const file of LABEL_FILES) {
    const labels = parseLabels(host.readText(file) ?? '');
    const label = POOL_LABELS.find(name => labels.get(name));
    if (label) return labels.get(label);
  }
  return undefined;
}

// Lines of `key="value"`. A label's value is letters, digits and `-_.`, so nothing is escaped.
// https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
function parseLabels(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(/^([\w./-]+)="([\w.-]*)"\r?$/gm)].map(([, key = '', value = '']) => [
      key,
      value,
    ]),
  );
}

// A pod's host name is the pod's; the machine's is what the deployment calls the node.
function mappedPool(host: Host): string | undefined {
  const { rules } = parsePoolMap(host.env.OTEL_REGISTER_POOL_MAP ?? '');
  if (rules.length === 0) return undefined;
  const node = firstVariable(host.env, 'K8S_NODE_NAME', 'NODE_NAME');
  return poolOfHostName(host.hostname(), rules) ?? (node && poolOfHostName(node, rules));
}
