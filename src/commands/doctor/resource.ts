import { packageVersion } from '../../package-version.js';
import type { ResourceValue } from '../../resource-detectors/host.js';
import { detectBySource, detectSlowly } from '../../resource-detectors/index.js';
import { thisHost } from '../../resource-detectors/this-host.js';
import { type Finding, ok, warning } from './finding.js';
import type { Surroundings } from './surroundings.js';

/** What records will say of where they come from. */
export interface Detected {
  readonly name: string;
  readonly value: ResourceValue;
  /** What has found it. */
  readonly source: string;
}

/** Made anew by each process. */
const OF_EACH_PROCESS = new Set(['service.instance.id', 'process.pid']);

/** As a program started here would find it, but for what is each process's own. */
export async function detectAll({ env, program, folder }: Surroundings): Promise<Detected[]> {
  const argv = [process.execPath, ...(program === undefined ? [] : [program])];
  const host = thisHost({ argv, env, cwd: folder });
  const found = new Map<string, Detected>();
  const slow = { source: 'metadata service', attributes: await detectSlowly(host) };
  for (const { source, attributes } of [
    ...detectBySource(host, { distroVersion: packageVersion }),
    slow,
  ]) {
    for (const [name, value] of Object.entries(attributes)) {
      if (!OF_EACH_PROCESS.has(name)) found.set(name, { name, value, source });
    }
  }
  return [...found.values()];
}

export function checkResource(detected: readonly Detected[]): Finding[] {
  const the = (name: string) => detected.find(one => one.name === name)?.value;
  const service = the('service.name');
  const pool = the('emp.pool.name');
  const host = the('host.name');
  if (service === undefined || service === 'unknown_service:node') {
    return [
      warning('resource.service', 'The service has no name', {
        means: 'Records are of unknown_service:node, as those of any other like it.',
        todo: 'Set OTEL_SERVICE_NAME, or give the program a package.json with a name.',
      }),
    ];
  }
  const version = the('service.version');
  const says = [
    `Records are of ${service}${version ? ` ${version}` : ''}`,
    ...(pool ? [`in pool ${pool}`] : []),
    ...(host ? [`on ${host}`] : []),
  ].join(' ');
  return [ok('resource', says)];
}
