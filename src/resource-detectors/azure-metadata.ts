import type { Host, ResourceAttributes } from './host.js';
import { readDocument } from './metadata-document.js';
import { present } from './present.js';

/**
 * Asks Azure about the virtual machine.
 * https://learn.microsoft.com/azure/virtual-machines/instance-metadata-service
 */
export async function detectAzureMetadata(
  host: Host,
  signal: AbortSignal,
  found: (attributes: ResourceAttributes) => void,
): Promise<void> {
  const document = await host.fetchText(COMPUTE, { headers: { Metadata: 'true' }, signal });
  found(machineFacts(document, host.env.KUBERNETES_SERVICE_HOST !== undefined));
}

const COMPUTE =
  'http://169.254.169.254/metadata/instance/compute?api-version=2021-12-13&format=json';

function machineFacts(document: string | undefined, inCluster: boolean): ResourceAttributes {
  const read = readDocument(document);
  // AKS tags the machines it makes; a cluster of one's own has no such tag.
  const isAks = inCluster && read('tags')?.includes('aks-managed-');
  return present({
    'cloud.platform': isAks ? 'azure.aks' : undefined,
    'cloud.account.id': read('subscriptionId'),
    'cloud.region': read('location'),
    'cloud.availability_zone': read('zone'),
    'cloud.resource_id': read('resourceId'),
    'azure.resource_group.name': read('resourceGroupName'),
    'host.id': read('vmId'),
    'host.type': read('vmSize'),
  });
}
