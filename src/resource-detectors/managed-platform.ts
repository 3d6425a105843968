import type { Cloud } from './cloud-machine.js';
import { firstVariable } from './first-variable.js';
import type { Host, ResourceAttributes } from './host.js';
import { present } from './present.js';

interface ManagedPlatform {
  readonly cloud: Cloud;
  readonly attributes: ResourceAttributes;
}

type Env = Host['env'];

/**
 * Platforms that say in the environment what they are. Cloud Run services are missing: their
 * `K_SERVICE` is Knative's, which runs in any cluster.
 */
export function detectManagedPlatform(env: Env): ManagedPlatform | undefined {
  return lambda(env) ?? ecs(env) ?? azure(env) ?? gcp(env);
}

// https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
function lambda(env: Env): ManagedPlatform | undefined {
  const name = firstVariable(env, 'AWS_LAMBDA_FUNCTION_NAME');
  if (!name) return undefined;
  const memoryMiB = Number(firstVariable(env, 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE'));
  const attributes = present({
    'cloud.provider': 'aws',
    'cloud.platform': 'aws_lambda',
    'cloud.region': firstVariable(env, 'AWS_REGION'),
    'faas.name': name,
    'faas.version': firstVariable(env, 'AWS_LAMBDA_FUNCTION_VERSION'),
    'faas.instance': firstVariable(env, 'AWS_LAMBDA_LOG_STREAM_NAME'),
    'faas.max_memory': memoryMiB > 0 ? memoryMiB * 1024 * 1024 : undefined,
  });
  return { cloud: 'aws', attributes };
}

// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4.html
function ecs(env: Env): ManagedPlatform | undefined {
  if (!firstVariable(env, 'ECS_CONTAINER_METADATA_URI_V4', 'ECS_CONTAINER_METADATA_URI')) {
    return undefined;
  }
  const attributes = present({
    'cloud.provider': 'aws',
    'cloud.platform': 'aws_ecs',
    'cloud.region': firstVariable(env, 'AWS_REGION', 'AWS_DEFAULT_REGION'),
  });
  return { cloud: 'aws', attributes };
}

// https://learn.microsoft.com/azure/app-service/reference-app-settings
// https://learn.microsoft.com/azure/container-apps/environment-variables
function azure(env: Env): ManagedPlatform | undefined {
  const isAppService =
    firstVariable(env, 'WEBSITE_SITE_NAME') && firstVariable(env, 'WEBSITE_INSTANCE_ID');
  const isContainerApp =
    firstVariable(env, 'CONTAINER_APP_NAME') && firstVariable(env, 'CONTAINER_APP_REVISION');
  if (!isAppService && !isContainerApp) return undefined;

  const isFunction = firstVariable(env, 'FUNCTIONS_EXTENSION_VERSION') !== undefined;
  const attributes = present({
    'cloud.provider': 'azure',
    'cloud.platform': isContainerApp
      ? 'azure.container_apps'
      : isFunction
        ? 'azure.functions'
        : 'azure.app_service',
    // Such as "West Europe", where semantic conventions have "westeurope".
    'cloud.region': firstVariable(env, 'REGION_NAME')?.toLowerCase().replaceAll(' ', ''),
  });
  return { cloud: 'azure', attributes };
}

// https://cloud.google.com/run/docs/container-contract
// https://cloud.google.com/appengine/docs/standard/nodejs/runtime#environment_variables
function gcp(env: Env): ManagedPlatform | undefined {
  const job = firstVariable(env, 'CLOUD_RUN_JOB');
  const appEngine = firstVariable(env, 'GAE_SERVICE');
  if (!job && !appEngine) return undefined;
  const attributes = present({
    'cloud.provider': 'gcp',
    'cloud.platform': job ? 'gcp_cloud_run' : 'gcp_app_engine',
    'cloud.account.id': firstVariable(env, 'GOOGLE_CLOUD_PROJECT'),
    'faas.name': job ?? appEngine,
    'faas.version': job ? undefined : firstVariable(env, 'GAE_VERSION'),
    'faas.instance': firstVariable(env, 'CLOUD_RUN_EXECUTION', 'GAE_INSTANCE'),
  });
  return { cloud: 'gcp', attributes };
}
