import type { Host, ResourceAttributes } from './host.js';
import { plainText, readDocument } from './metadata-document.js';
import { present } from './present.js';

/**
 * Asks EC2 about the instance, by IMDSv2 alone: version 1 needs no token and is being turned off.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 */
export async function detectAwsMetadata(
  host: Host,
  signal: AbortSignal,
  found: (attributes: ResourceAttributes) => void,
): Promise<void> {
  // What turns it off for Amazon's own SDKs.
  if (host.env.AWS_EC2_METADATA_DISABLED?.trim().toLowerCase() === 'true') return;

  const token = plainText(
    await host.fetchText(`${SERVICE}/api/token`, {
      method: 'PUT',
      headers: { 'X-aws-ec2-metadata-token-ttl-seconds': String(TOKEN_LIFE_S) },
      signal,
    }),
  );
  if (token === undefined) return;

  const document = await host.fetchText(`${SERVICE}/dynamic/instance-identity/document`, {
    headers: { 'X-aws-ec2-metadata-token': token },
    signal,
  });
  found(instanceFacts(document));
}

const SERVICE = 'http://169.254.169.254/latest';

// Used once, at once.
const TOKEN_LIFE_S = 60;

function instanceFacts(document: string | undefined): ResourceAttributes {
  const read = readDocument(document);
  return present({
    'cloud.account.id': read('accountId'),
    'cloud.region': read('region'),
    'cloud.availability_zone': read('availabilityZone'),
    'host.id': read('instanceId'),
    'host.type': read('instanceType'),
    'host.image.id': read('imageId'),
  });
}
