import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { detectManagedPlatform } from '../../src/resource-detectors/managed-platform.js';

const test = suite('resource-detectors/managed-platform');

test('describes a Lambda function', () => {
  const env = {
    AWS_LAMBDA_FUNCTION_NAME: 'resize',
    AWS_LAMBDA_FUNCTION_VERSION: '7',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
    AWS_LAMBDA_LOG_STREAM_NAME: '2025/01/01/[7]abc',
    AWS_REGION: 'eu-west-1',
  };

  assert.equal(detectManagedPlatform(env), {
    cloud: 'aws',
    attributes: {
      'cloud.provider': 'aws',
      'cloud.platform': 'aws_lambda',
      'cloud.region': 'eu-west-1',
      'faas.name': 'resize',
      'faas.version': '7',
      'faas.instance': '2025/01/01/[7]abc',
      'faas.max_memory': 134_217_728,
    },
  });
});

for (const [env, platform] of [
  [{ AWS_LAMBDA_FUNCTION_NAME: 'f', AWS_LAMBDA_FUNCTION_MEMORY_SIZE: 'lots' }, 'aws_lambda'],
  [{ ECS_CONTAINER_METADATA_URI_V4: 'http://169.254.170.2/v4/x' }, 'aws_ecs'],
  [{ WEBSITE_SITE_NAME: 'a', WEBSITE_INSTANCE_ID: 'b' }, 'azure.app_service'],
  [
    { WEBSITE_SITE_NAME: 'a', WEBSITE_INSTANCE_ID: 'b', FUNCTIONS_EXTENSION_VERSION: '~4' },
    'azure.functions',
  ],
  [{ CONTAINER_APP_NAME: 'a', CONTAINER_APP_REVISION: 'b' }, 'azure.container_apps'],
  [{ CLOUD_RUN_JOB: 'nightly' }, 'gcp_cloud_run'],
  [{ GAE_SERVICE: 'default' }, 'gcp_app_engine'],
] as const) {
  test(`knows ${platform} by ${Object.keys(env).join(', ')}`, () => {
    assert.is(detectManagedPlatform(env)?.attributes['cloud.platform'], platform);
  });
}

test('writes an Azure region as Azure itself does elsewhere', () => {
  const env = { WEBSITE_SITE_NAME: 'a', WEBSITE_INSTANCE_ID: 'b', REGION_NAME: 'West Europe' };

  assert.is(detectManagedPlatform(env)?.attributes['cloud.region'], 'westeurope');
});

for (const env of [
  {},
  { AWS_REGION: 'eu-west-1' },
  { K_SERVICE: 'knative', K_REVISION: '1' },
  { WEBSITE_SITE_NAME: 'a' },
  { CONTAINER_APP_NAME: 'a' },
  { GOOGLE_CLOUD_PROJECT: 'p' },
]) {
  test(`does not take ${JSON.stringify(env)} for a platform`, () => {
    assert.is(detectManagedPlatform(env), undefined);
  });
}

test.run();
