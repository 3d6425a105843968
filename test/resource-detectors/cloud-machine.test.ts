import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cloudOfMachine } from '../../src/resource-detectors/cloud-machine.js';
import { detectSlowly } from '../../src/resource-detectors/index.js';
import { fakeHost, firmware } from '../helpers/fake-host.js';

const test = suite('resource-detectors/cloud-machine');

for (const [what, files, expected] of [
  [
    'EC2 on Nitro, with instance and type',
    {
      sys_vendor: 'Amazon EC2\n',
      product_name: 'm5a.large\n',
      board_asset_tag: 'i-0af01c0123456789a\n',
    },
    {
      'cloud.provider': 'aws',
      'cloud.platform': 'aws_ec2',
      'host.id': 'i-0af01c0123456789a',
      'host.type': 'm5a.large',
    },
  ],
  [
    'EC2 on Nitro, on metal',
    { sys_vendor: 'Amazon EC2', product_name: 'u-6tb1.metal', board_asset_tag: 'Not Specified' },
    { 'cloud.provider': 'aws', 'cloud.platform': 'aws_ec2', 'host.type': 'u-6tb1.metal' },
  ],
  [
    'EC2 on Xen',
    { sys_vendor: 'Xen', product_name: 'HVM domU', product_version: '4.11.amazon' },
    { 'cloud.provider': 'aws', 'cloud.platform': 'aws_ec2' },
  ],
  [
    'Compute Engine',
    { sys_vendor: 'Google', product_name: 'Google Compute Engine\n' },
    { 'cloud.provider': 'gcp', 'cloud.platform': 'gcp_compute_engine' },
  ],
  [
    'Azure',
    {
      sys_vendor: 'Microsoft Corporation',
      chassis_asset_tag: '7783-7084-3265-9085-8269-3286-77\n',
    },
    { 'cloud.provider': 'azure', 'cloud.platform': 'azure.vm' },
  ],
] as const) {
  test(`knows ${what} by its firmware`, () => {
    assert.equal(cloudOfMachine(fakeHost({ files: firmware(files) }))?.attributes, expected);
  });
}

test('knows EKS by the token its control plane mounts', () => {
  const host = fakeHost({
    env: {
      KUBERNETES_SERVICE_HOST: '10.0.0.1',
      AWS_WEB_IDENTITY_TOKEN_FILE: '/var/run/secrets/eks.amazonaws.com/serviceaccount/token',
    },
    files: firmware({ sys_vendor: 'Amazon EC2' }),
  });

  assert.is(cloudOfMachine(host)?.attributes['cloud.platform'], 'aws_eks');
});

const ELSEWHERE = [
  ['a machine without firmware files', {}],
  ['a server', { sys_vendor: 'Dell Inc.', product_name: 'PowerEdge R740' }],
  ['a machine on QEMU', { sys_vendor: 'QEMU', product_name: 'Standard PC (Q35 + ICH9, 2009)' }],
  ["somebody else's Xen", { sys_vendor: 'Xen', product_version: '4.14.2' }],
  ['a Hyper-V machine', { sys_vendor: 'Microsoft Corporation', product_name: 'Virtual Machine' }],
  ['a Chromebook', { sys_vendor: 'Google', product_name: 'Eve' }],
  ['blank firmware', { sys_vendor: '', product_name: ' ' }],
] as const;

for (const [what, files] of ELSEWHERE) {
  test(`makes no request on ${what}`, async () => {
    const host = fakeHost({ files: firmware(files) });

    assert.is(cloudOfMachine(host), undefined);
    assert.equal(await detectSlowly(host, 50), {});
    assert.equal(host.requests, []);
  });
}

for (const [what, env] of [
  ['a GPU rented through vast.ai', { VAST_CONTAINERLABEL: 'C.1' }],
  [
    'ECS, whose metadata is elsewhere',
    { ECS_CONTAINER_METADATA_URI_V4: 'http://169.254.170.2/v4' },
  ],
  ['a machine with the group turned off', { OTEL_NODE_RESOURCE_DETECTORS: 'host,gcp' }],
  ['a machine with everything turned off', { OTEL_NODE_RESOURCE_DETECTORS: 'none' }],
  ["a machine with Amazon's own switch off", { AWS_EC2_METADATA_DISABLED: 'true' }],
] as const) {
  test(`makes no request on ${what}, though its firmware is EC2's`, async () => {
    const host = fakeHost({ env, files: firmware({ sys_vendor: 'Amazon EC2' }) });

    assert.equal(await detectSlowly(host, 50), {});
    assert.equal(host.requests, []);
  });
}

test.run();
