import { randomUUID } from 'node:crypto';
import { askableCloud, detectCloud, METADATA_DETECTORS } from './cloud.js';
import { detectContainer } from './container.js';
import { collectUntil } from './deadline.js';
import { enabledGroups } from './enabled-groups.js';
import { detectEnvironment } from './environment.js';
import { detectGpu } from './gpu.js';
import { detectGpuCloud } from './gpu-cloud.js';
import type { Host, ResourceAttributes } from './host.js';
import { detectKubernetes } from './kubernetes.js';
import { detectMachine, detectOs } from './machine.js';
import { detectPool } from './pool.js';
import { detectProcess } from './process.js';
import { detectService } from './service.js';

export { parseResourceAttributes } from './environment.js';
export { parsePoolMap } from './pool-map.js';

export interface DetectOptions {
  /** Of this package, for `telemetry.distro.version`. */
  readonly distroVersion?: string;
  /** `service.instance.id`. Default: a new random UUID, so give one where it must stay the same. */
  readonly instanceId?: string;
}

/** Everything about where records come from. Never rejects, and is done by the deadline. */
export async function detectResource(
  host: Host,
  options: DetectOptions & { readonly deadlineMs?: number } = {},
): Promise<ResourceAttributes> {
  const now = detectResourceNow(host, options);
  return { ...now, ...(await detectSlowly(host, options.deadlineMs)) };
}

/**
 * All that is known without waiting. Later ones win: what an SDK says of itself, then what is
 * detected, then what the operator says.
 */
export function detectResourceNow(host: Host, options: DetectOptions = {}): ResourceAttributes {
  return Object.assign(
    {},
    sdkDefaults(options),
    ...detectors(host, options).map(detect => attempt(detect)),
    attempt(() => detectEnvironment(host)),
  );
}

/**
 * What only a cloud's metadata service knows. To be spread over what is known already: it holds
 * nothing the operator has said otherwise. Never rejects.
 */
export async function detectSlowly(
  host: Host,
  deadlineMs = DEFAULT_DEADLINE_MS,
): Promise<ResourceAttributes> {
  const found = await collectUntil(deadlineMs, async (signal, tell) => {
    const cloud = askableCloud(host);
    if (cloud && enabledGroups(host.env).has(cloud)) {
      await METADATA_DETECTORS[cloud](host, signal, tell);
    }
  });
  const said = new Set(Object.keys(attempt(() => detectEnvironment(host))));
  return Object.fromEntries(Object.entries(found).filter(([key]) => !said.has(key)));
}

// A metadata service answers from the same machine within a few milliseconds, or never.
const DEFAULT_DEADLINE_MS = 500;

// The OpenTelemetry line whose records ours are made like.
const SDK_VERSION = '3.1.0';

function sdkDefaults({ distroVersion }: DetectOptions): ResourceAttributes {
  return {
    'service.name': 'unknown_service:node',
    'telemetry.sdk.language': 'nodejs',
    'telemetry.sdk.name': 'opentelemetry',
    'telemetry.sdk.version': SDK_VERSION,
    'telemetry.distro.name': '@emp/otel-register',
    ...(distroVersion && { 'telemetry.distro.version': distroVersion }),
  };
}

// In ascending precedence: a cloud's `host.id` is the instance, better than an image's machine id.
function detectors(host: Host, options: DetectOptions): (() => ResourceAttributes)[] {
  const on = enabledGroups(host.env);
  if (on.isNone) return [];
  return [
    () => detectService(host),
    () => (on.has('serviceinstance') ? instanceId(options) : {}),
    () => (on.has('process') ? detectProcess(host) : {}),
    () => (on.has('os') ? detectOs(host) : {}),
    () => (on.has('host') ? detectMachine(host) : {}),
    () => detectCloud(host, cloud => on.has(cloud)),
    () => (on.has('container') ? detectContainer(host) : {}),
    () => detectKubernetes(host),
    () => detectGpuCloud(host),
    () => detectGpu(host),
    () => detectPool(host),
  ];
}

function instanceId(options: DetectOptions): ResourceAttributes {
  return { 'service.instance.id': options.instanceId ?? randomUUID() };
}

// A detector that throws (a broken /proc, a user without a name) costs its own attributes only.
function attempt(detect: () => ResourceAttributes): ResourceAttributes {
  try {
    return detect();
  } catch {
    return {};
  }
}
