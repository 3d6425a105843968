import type { Host, ResourceAttributes } from './host.js';
import { plainText } from './metadata-document.js';
import { present } from './present.js';

/**
 * Asks Compute Engine about the instance, field by field: the whole document (`recursive=true`)
 * also has the start-up script and SSH keys.
 * https://cloud.google.com/compute/docs/metadata/predefined-metadata-keys
 */
export async function detectGcpMetadata(
  host: Host,
  signal: AbortSignal,
  found: (attributes: ResourceAttributes) => void,
): Promise<void> {
  const inCluster = host.env.KUBERNETES_SERVICE_HOST !== undefined;
  const fields = Object.entries({ ...MACHINE_FIELDS, ...(inCluster && CLUSTER_FIELDS) });

  await Promise.all(
    fields.map(async ([field, factsOf]) => {
      const text = await host.fetchText(`${SERVICE}/${field}`, {
        headers: { 'Metadata-Flavor': 'Google' },
        signal,
      });
      const value = plainText(text);
      if (value !== undefined) found(factsOf(value));
    }),
  );
}

// By address: `metadata.google.internal` would need a lookup.
const SERVICE = 'http://169.254.169.254/computeMetadata/v1';

type FactsOf = (value: string) => ResourceAttributes;

// Each is taken only in the form the service has it, so that nobody else's answer is.
const MACHINE_FIELDS: Readonly<Record<string, FactsOf>> = {
  'project/project-id': text => present({ 'cloud.account.id': captured(text, PROJECT) }),
  'instance/id': text => present({ 'host.id': captured(text, /^(\d+)$/) }),
  'instance/machine-type': text =>
    present({ 'host.type': captured(text, /\/machineTypes\/([\w-]+)$/) }),
  'instance/zone': zoneFacts,
};

// Old projects of a company have its domain in front.
const PROJECT = /^((?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9])$/;

// Set on GKE's nodes only, which is how to tell them from a cluster of one's own.
const CLUSTER_FIELDS: Readonly<Record<string, FactsOf>> = {
  'instance/attributes/cluster-name': cluster => ({
    'cloud.platform': 'gcp_kubernetes_engine',
    'k8s.cluster.name': cluster,
  }),
};

// "projects/123/zones/us-central1-a": the region is the zone without its letter.
function zoneFacts(text: string): ResourceAttributes {
  const zone = captured(text, /\/zones\/([a-z]+-[a-z]+\d+-[a-z]+\d*)$/);
  return present({
    'cloud.region': zone?.slice(0, zone.lastIndexOf('-')),
    'cloud.availability_zone': zone,
  });
}

function captured(text: string, form: RegExp): string | undefined {
  return text.match(form)?.[1];
}
