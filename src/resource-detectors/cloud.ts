import { detectAwsMetadata } from './aws-metadata.js';
import { detectAzureMetadata } from './azure-metadata.js';
import { type Cloud, cloudOfMachine } from './cloud-machine.js';
import { detectGcpMetadata } from './gcp-metadata.js';
import { detectGpuCloud } from './gpu-cloud.js';
import type { Host, ResourceAttributes } from './host.js';
import { detectManagedPlatform } from './managed-platform.js';

/** What can be known of the cloud without asking it. */
export function detectCloud(host: Host, isOn: (cloud: Cloud) => boolean): ResourceAttributes {
  const managed = detectManagedPlatform(host.env);
  if (managed) return isOn(managed.cloud) ? managed.attributes : {};
  const machine = cloudMachine(host);
  return machine && isOn(machine.cloud) ? machine.attributes : {};
}

/** Which cloud's metadata service to ask, if any. Elsewhere a request would only time out. */
export function askableCloud(host: Host): Cloud | undefined {
  // The metadata service behind a managed platform is another, or the machine's below it.
  return detectManagedPlatform(host.env) ? undefined : cloudMachine(host)?.cloud;
}

/** Tells `found` of each fact as it arrives, so that a deadline keeps what came before it. */
export type MetadataDetector = (
  host: Host,
  signal: AbortSignal,
  found: (attributes: ResourceAttributes) => void,
) => Promise<void>;

export const METADATA_DETECTORS: Readonly<Record<Cloud, MetadataDetector>> = {
  aws: detectAwsMetadata,
  gcp: detectGcpMetadata,
  azure: detectAzureMetadata,
};

// A GPU rented through somebody else may stand in one of these clouds, but under their account.
function cloudMachine(host: Host): ReturnType<typeof cloudOfMachine> {
  const isRented = Object.keys(detectGpuCloud(host)).length > 0;
  return isRented ? undefined : cloudOfMachine(host);
}
