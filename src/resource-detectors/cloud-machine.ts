import type { Host, ResourceAttributes } from './host.js';
import { present } from './present.js';

export type Cloud = 'aws' | 'gcp' | 'azure';

/**
 * The cloud whose virtual machine this is, by what its firmware says. Containers see these
 * files too, unless a sandbox such as gVisor hides them.
 */
export function cloudOfMachine(
  host: Host,
): { readonly cloud: Cloud; readonly attributes: ResourceAttributes } | undefined {
  if (host.platform !== 'linux') return undefined;
  if (isAws(host)) return { cloud: 'aws', attributes: awsFacts(host) };
  if (isGcp(host)) return { cloud: 'gcp', attributes: GCP_FACTS };
  return isAzure(host) ? { cloud: 'azure', attributes: AZURE_FACTS } : undefined;
}

function firmware(host: Host, file: string): string {
  return host.readText(`/sys/class/dmi/id/${file}`)?.trim() ?? '';
}

// Nitro machines say so outright; the older Xen ones only in a version such as "4.11.amazon".
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/identify_ec2_instances.html
function isAws(host: Host): boolean {
  const vendor = firmware(host, 'sys_vendor');
  if (vendor === 'Xen') return /\.amazon$/i.test(firmware(host, 'product_version'));
  return vendor === 'Amazon EC2';
}

// On Nitro the firmware names instance and type: worth having, because a container often cannot
// reach the metadata service (its answers travel one hop unless configured otherwise).
function awsFacts(host: Host): ResourceAttributes {
  const instanceId = firmware(host, 'board_asset_tag');
  const instanceType = firmware(host, 'product_name');
  return present({
    'cloud.provider': 'aws',
    'cloud.platform': isEks(host.env) ? 'aws_eks' : 'aws_ec2',
    'host.id': /^i-[0-9a-f]+$/.test(instanceId) ? instanceId : undefined,
    'host.type': /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(instanceType) ? instanceType : undefined,
  });
}

// What gives a pod its AWS role: a token file the EKS control plane mounts.
const EKS_TOKEN_FILES = ['AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'];

function isEks(env: Host['env']): boolean {
  if (!env.KUBERNETES_SERVICE_HOST) return false;
  return EKS_TOKEN_FILES.some(name => env[name]?.includes('eks.amazonaws.com'));
}

// Not by vendor: Google also makes laptops.
// https://cloud.google.com/compute/docs/instances/detect-compute-engine
function isGcp(host: Host): boolean {
  return /^Google( Compute Engine)?$/.test(firmware(host, 'product_name'));
}

// GKE and a cluster of one's own look alike from here; the metadata service knows which.
const GCP_FACTS: ResourceAttributes = {
  'cloud.provider': 'gcp',
  'cloud.platform': 'gcp_compute_engine',
};

// The same on every Azure machine, and the only sign: Hyper-V has the vendor, "Microsoft
// Corporation", on any machine. Also what cloud-init goes by.
const AZURE_ASSET_TAG = '7783-7084-3265-9085-8269-3286-77';

const AZURE_FACTS: ResourceAttributes = {
  'cloud.provider': 'azure',
  'cloud.platform': 'azure.vm',
};

function isAzure(host: Host): boolean {
  return firmware(host, 'chassis_asset_tag') === AZURE_ASSET_TAG;
}
