import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { detectSlowly } from '../../src/resource-detectors/index.js';
import { fakeHost, firmware } from '../helpers/fake-host.js';

const test = suite('resource-detectors/cloud-metadata');

const AWS = firmware({ sys_vendor: 'Amazon EC2' });
const GCP = firmware({ product_name: 'Google Compute Engine' });
const AZURE = firmware({ chassis_asset_tag: '7783-7084-3265-9085-8269-3286-77' });
const IN_CLUSTER = { KUBERNETES_SERVICE_HOST: '10.0.0.1' };

const INSTANCE = {
  accountId: '123456789012',
  region: 'eu-west-1',
  availabilityZone: 'eu-west-1b',
  instanceId: 'i-0af01c0123456789a',
  instanceType: 'm5a.large',
  imageId: 'ami-1',
  marketplaceProductCodes: null,
};

test('asks EC2 for a token first, then for the instance with it', async () => {
  const headers: unknown[] = [];
  const host = fakeHost({
    files: AWS,
    fetchText: (url, options) => {
      headers.push(options.headers);
      return url.endsWith('/token') ? 'dG9rZW4=' : JSON.stringify(INSTANCE);
    },
  });

  const attributes = await detectSlowly(host);

  assert.equal(attributes, {
    'cloud.account.id': '123456789012',
    'cloud.region': 'eu-west-1',
    'cloud.availability_zone': 'eu-west-1b',
    'host.id': 'i-0af01c0123456789a',
    'host.type': 'm5a.large',
    'host.image.id': 'ami-1',
  });
  assert.equal(host.requests, [
    'PUT http://169.254.169.254/latest/api/token',
    'GET http://169.254.169.254/latest/dynamic/instance-identity/document',
  ]);
  assert.equal(headers, [
    { 'X-aws-ec2-metadata-token-ttl-seconds': '60' },
    { 'X-aws-ec2-metadata-token': 'dG9rZW4=' },
  ]);
});

for (const token of [undefined, '', '<html>', 'two\nlines']) {
  test(`asks EC2 nothing more when the token is ${JSON.stringify(token)}`, async () => {
    const host = fakeHost({ files: AWS, fetchText: () => token });

    assert.equal(await detectSlowly(host), {});
    assert.is(host.requests.length, 1);
  });
}

const GCP_FIELDS: Readonly<Record<string, string>> = {
  'project/project-id': 'shop-prod',
  'instance/id': '4520031799277581759',
  'instance/machine-type': 'projects/123/machineTypes/n1-standard-1',
  'instance/zone': 'projects/123/zones/us-central1-a',
  'instance/attributes/cluster-name': 'shop',
};

const gcpField = (url: string) => GCP_FIELDS[url.slice(url.indexOf('/v1/') + 4)];

test('asks Compute Engine field by field', async () => {
  const host = fakeHost({
    files: GCP,
    fetchText: (url, { headers }) =>
      headers?.['Metadata-Flavor'] === 'Google' ? gcpField(url) : undefined,
  });

  assert.equal(await detectSlowly(host), {
    'cloud.account.id': 'shop-prod',
    'host.id': '4520031799277581759',
    'host.type': 'n1-standard-1',
    'cloud.region': 'us-central1',
    'cloud.availability_zone': 'us-central1-a',
  });
  assert.not(host.requests.some(request => request.includes('cluster-name')));
});

test('knows GKE by the cluster name its nodes have', async () => {
  const host = fakeHost({ env: IN_CLUSTER, files: GCP, fetchText: gcpField });

  const attributes = await detectSlowly(host);

  assert.is(attributes['cloud.platform'], 'gcp_kubernetes_engine');
  assert.is(attributes['k8s.cluster.name'], 'shop');
});

test('keeps the fields of Compute Engine that arrive when another hangs', async () => {
  const host = fakeHost({
    files: GCP,
    fetchText: url => (url.endsWith('/zone') ? new Promise(() => {}) : gcpField(url)),
  });

  const attributes = await detectSlowly(host, 30);

  assert.is(attributes['cloud.account.id'], 'shop-prod');
  assert.is(attributes['cloud.region'], undefined);
});

const COMPUTE = {
  subscriptionId: 's-1',
  location: 'westeurope',
  zone: '',
  resourceId: '/subscriptions/s-1/resourceGroups/shop/providers/x',
  resourceGroupName: 'shop',
  vmId: 'vm-1',
  vmSize: 'Standard_A3',
  tags: 'team:shop;aks-managed-poolName:fast',
  publicKeys: [],
};

test('asks Azure for the machine, and leaves out a zone it has not', async () => {
  const host = fakeHost({
    files: AZURE,
    fetchText: (_url, { headers }) =>
      headers?.Metadata === 'true' ? JSON.stringify(COMPUTE) : undefined,
  });

  assert.equal(await detectSlowly(host), {
    'cloud.account.id': 's-1',
    'cloud.region': 'westeurope',
    'cloud.resource_id': '/subscriptions/s-1/resourceGroups/shop/providers/x',
    'azure.resource_group.name': 'shop',
    'host.id': 'vm-1',
    'host.type': 'Standard_A3',
  });
});

test('knows AKS by the tags of its machines', async () => {
  const host = fakeHost({
    env: IN_CLUSTER,
    files: AZURE,
    fetchText: () => JSON.stringify(COMPUTE),
  });

  assert.is((await detectSlowly(host))['cloud.platform'], 'azure.aks');
});

test.run();
