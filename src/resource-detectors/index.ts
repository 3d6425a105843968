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

export interface DetectOptions {
  /** Of this package, for `telemetry.distro.version`. */
  readonly distroVersion?: string;
  /** `service.instance.id`. Default: a new random UUID, so give one where it must stay the same. */
  readonly instanceId?: string;
}

/** What has found an attribute. */
export type Source =
  | 'sdk'
  | 'service'
  | 'instance'
  | 'process'
  | 'os'
  | 'machine'
  | 'cloud'
  | 'container'
  | 'kubernetes'
  | 'gpu cloud'
  | 'gpu'
  | 'pool'
  | 'environment';

type Detectors = (readonly [source: Source, detect: () => ResourceAttributes])[];

/**
 * All that is known without waiting. Later ones win: what an SDK says of itself, then what is
 * detected, then what the operator says.
 */
export function detectResourceNow(host: Host, options: DetectOptions = {}): ResourceAttributes {
  return Object.assign({}, ...detectBySource(host, options).map(({ attributes }) => attributes));
}

/** The same, with where each comes from. */
export function detectBySource(
  host: Host,
  options: DetectOptions = {},
): { readonly source: Source; readonly attributes: ResourceAttributes }[] {
  const all: Detectors = [
    ['sdk', () => sdkDefaults(options)],
    ...detectors(host, options),
    ['environment', () => detectEnvironment(host)],
  ];
  return all.map(([source, detect]) => ({ source, attributes: attempt(detect) }));
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
function detectors(host: Host, options: DetectOptions): Detectors {
  const on = enabledGroups(host.env);
  if (on.isNone) return [];
  return [
    ['service', () => detectService(host)],
    ['instance', () => (on.has('serviceinstance') ? instanceId(options) : {})],
    ['process', () => (on.has('process') ? detectProcess(host) : {})],
    ['os', () => (on.has('os') ? detectOs(host) : {})],
    ['machine', () => (on.has('host') ? detectMachine(host) : {})],
    ['cloud', () => detectCloud(host, cloud => on.has(cloud))],
    ['container', () => (on.has('container') ? detectContainer(host) : {})],
    ['kubernetes', () => detectKubernetes(host)],
    ['gpu cloud', () => detectGpuCloud(host)],
    ['gpu', () => detectGpu(host)],
    ['pool', () => detectPool(host)],
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
