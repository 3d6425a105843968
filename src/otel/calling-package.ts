import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasOwn } from '../convert/intrinsics.js';
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
 * Never throws: whatever cannot be known (a bundle in memory, frozen intrinsics) is undefined.
 */
export function callerOf(callee: (...args: never[]) => unknown): Caller | undefined {
  try {
    const site = callSite(callee);
    const file = site?.getFileName();
    if (!file) return undefined;

    const owner = cachedPackageOf(file);
    return (
      owner && {
        functionName: site?.getFunctionName() ?? '',
        packageName: owner.name,
        packageVersion: owner.version,
      }
    );
  } catch {
    // A guess would be worse than not knowing: the callers then keep out of the way.
    return undefined;
  }
}

function callSite(callee: (...args: never[]) => unknown): NodeJS.CallSite | undefined {
  const limit = Error.stackTraceLimit;
  const hadPrepare = hasOwn(Error, 'prepareStackTrace');
  const prepare = Error.prepareStackTrace;
  const holder: { stack?: unknown } = {};

  try {
    Error.stackTraceLimit = 1;
    Error.prepareStackTrace = (_error, sites) => sites;
    Error.captureStackTrace(holder, callee);
    return (holder.stack as NodeJS.CallSite[])[0];
  } finally {
    Error.stackTraceLimit = limit;
    if (hadPrepare) Error.prepareStackTrace = prepare;
    else Reflect.deleteProperty(Error, 'prepareStackTrace');
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
