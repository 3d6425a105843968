import { join } from 'node:path';
import { packageVersion } from '../package-version.js';
import { encodeResource } from '../pipeline/encode-resource.js';
import { detectResourceNow } from '../resource-detectors/index.js';
import { thisHost } from '../resource-detectors/this-host.js';
import { existsSync } from './fs.js';
import { RESOURCE_FILE, writeResource } from './resource-file.js';

// A bundle of its own: only a program whose first words are an error needs it, for the exporter
// thread, which knows the resource, has not got so far.

/** Says whose records a new folder holds, unless the exporter thread has. */
export function writeEarlyResource(
  path: string,
  options: { readonly env: NodeJS.ProcessEnv; readonly instanceId: string },
): void {
  if (existsSync(join(path, RESOURCE_FILE))) return;
  const host = thisHost({ argv: process.argv, env: options.env });
  const identity = { distroVersion: packageVersion, instanceId: options.instanceId };
  writeResource(path, encodeResource(detectResourceNow(host, identity)));
}
