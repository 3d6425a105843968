import type { Host } from './host.js';

/** Detectors that can be turned off one by one, by the names OpenTelemetry JS gives them. */
export type DetectorGroup =
  | 'host'
  | 'os'
  | 'process'
  | 'serviceinstance'
  | 'container'
  | 'aws'
  | 'gcp'
  | 'azure';

export interface EnabledGroups {
  /** `none` was asked for: nothing is detected, ours included. */
  readonly isNone: boolean;
  has(group: DetectorGroup): boolean;
}

/**
 * What `OTEL_NODE_RESOURCE_DETECTORS` leaves on: everything when unset or `all`. Ours that
 * OpenTelemetry has no name for (service, pool, GPU, Kubernetes) only `none` turns off.
 *
 * `env` is accepted and changes nothing, see `environment.ts`; other names are not ours to know.
 */
export function enabledGroups(env: Host['env']): EnabledGroups {
  const listed = (env.OTEL_NODE_RESOURCE_DETECTORS ?? '')
    .split(',')
    .map(name => name.trim().toLowerCase())
    .filter(name => name !== '');
  const isNone = listed.includes('none');
  const isAll = listed.length === 0 || listed.includes('all');
  return {
    isNone,
    has: group => !isNone && (isAll || listed.some(name => (ALIASES[name] ?? name) === group)),
  };
}

// `service` is what `startNodeSdk` of OpenTelemetry 0.301 calls it.
const ALIASES: Readonly<Record<string, DetectorGroup>> = { service: 'serviceinstance' };
