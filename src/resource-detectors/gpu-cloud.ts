import { firstVariable } from './first-variable.js';
import type { Host, ResourceAttributes } from './host.js';
import { present } from './present.js';

/** The rented GPU machine this is, if it is one. Such a machine may vanish; its id remains. */
export function detectGpuCloud(host: Host): ResourceAttributes {
  const { env } = host;
  return salad(env) ?? vast(env) ?? runPod(env) ?? {};
}

type Env = Host['env'];

// Either is enough: which of them is set has differed over time.
function salad(env: Env): ResourceAttributes | undefined {
  const machineId = firstVariable(env, 'SALAD_MACHINE_ID');
  const groupId = firstVariable(env, 'SALAD_CONTAINER_GROUP_ID');
  if (!machineId && !groupId) return undefined;
  return present({
    'emp.machine.provider': 'salad',
    'emp.machine.id': machineId,
    'emp.machine.group.id': groupId,
    'emp.machine.group.name': firstVariable(env, 'SALAD_CONTAINER_GROUP_NAME'),
  });
}

// The label (`C.<id>`) is vast.ai's alone; `CONTAINER_ID`, which it also sets, anybody may use.
// https://docs.vast.ai/guides/instances/docker-environment
function vast(env: Env): ResourceAttributes | undefined {
  const label = firstVariable(env, 'VAST_CONTAINERLABEL');
  if (!label) return undefined;
  return present({
    'emp.machine.provider': 'vast.ai',
    'emp.machine.id': label.match(/^C\.(\d+)$/)?.[1] ?? firstVariable(env, 'CONTAINER_ID') ?? label,
  });
}

// https://docs.runpod.io/pods/templates/environment-variables
function runPod(env: Env): ResourceAttributes | undefined {
  const podId = firstVariable(env, 'RUNPOD_POD_ID');
  if (!podId) return undefined;
  return present({
    'emp.machine.provider': 'runpod',
    'emp.machine.id': podId,
    // Of a serverless worker.
    'emp.machine.group.id': firstVariable(env, 'RUNPOD_ENDPOINT_ID'),
  });
}
