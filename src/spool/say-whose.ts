import { join } from 'node:path';
import { loadBundle } from '../load-bundle.js';
import type { EarlyResourceOptions } from './early-resource.js';
import { existsSync } from './fs.js';
import { RESOURCE_FILE } from './resource-file.js';

type EarlyResource = typeof import('./early-resource.js');

/**
 * Says in a process's folder whose records it holds, unless the exporter thread has. That is the one
 * that knows best, and it may never get so far.
 *
 * @param packageFolder Absolute, holds the built files.
 */
export function sayWhose(path: string, packageFolder: string, options: EarlyResourceOptions): void {
  if (existsSync(join(path, RESOURCE_FILE))) return;
  const file = join(packageFolder, 'early-resource.cjs');
  loadBundle<EarlyResource>(file).writeEarlyResource(path, options);
}
