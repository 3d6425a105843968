import { packageVersion } from '../package-version.js';
import { encodeResource } from '../pipeline/encode-resource.js';
import { detectResourceNow } from '../resource-detectors/index.js';
import { thisHost } from '../resource-detectors/this-host.js';
import { writeResource } from './resource-file.js';

// A bundle of its own: only a program whose first words are an error needs it, for the exporter
// thread, which knows the resource, has not got so far.

export interface EarlyResourceOptions {
  /** Of the application's main thread. */
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly instanceId: string;
}

/** Says whose records a new folder holds. */
export function writeEarlyResource(
  path: string,
  { argv, env, instanceId }: EarlyResourceOptions,
): void {
  const identity = { distroVersion: packageVersion, instanceId };
  writeResource(path, encodeResource(detectResourceNow(thisHost({ argv, env }), identity)));
}
