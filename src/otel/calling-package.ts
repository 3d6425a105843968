import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { framesBelow } from '../call-sites/frames.js';
import type { AnyFunction } from '../log-record.js';
import { readFileSync } from '../spool/fs.js';

/** Who called a function, as far as one stack frame tells. */
export interface Caller {
  readonly functionName: string;
  readonly packageName: string;
  readonly packageVersion: string;
}

interface Package {
  readonly name: string;
  readonly version: string;
}

const packageByFile = new Map<string, Package | undefined>();

/**
 * The direct caller of `callee`, if it is a file of a package with a name and a version; about 2 µs.
 * Never throws: whatever cannot be known (a bundle in memory, hardly any stack left) is undefined.
 */
export function callerOf(callee: AnyFunction): Caller | undefined {
  try {
    const frame = framesBelow(callee, 1)[0];
    const file = frame?.getFileName();
    if (!file) return undefined;

    const owner = cachedPackageOf(file);
    return (
      owner && {
        functionName: frame?.getFunctionName() ?? '',
        packageName: owner.name,
        packageVersion: owner.version,
      }
    );
  } catch {
    // A guess would be worse than not knowing: the callers then keep out of the way.
    return undefined;
  }
}

function cachedPackageOf(file: string): Package | undefined {
  if (!packageByFile.has(file)) packageByFile.set(file, packageOf(file));
  return packageByFile.get(file);
}

function packageOf(file: string): Package | undefined {
  const path = file.startsWith('file:') ? fileURLToPath(file) : file;

  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { name, version } = readManifest(folder);
    // A manifest without a name is only `{"type":"module"}` inside a package.
    if (name) return version ? { name, version } : undefined;
    if (folder === dirname(folder)) return undefined;
  }
}

function readManifest(folder: string): Partial<Package> {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  } catch {
    // No manifest in most folders: the package starts higher up.
    return {};
  }
}
