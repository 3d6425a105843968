import path from 'node:path';
import type { Host } from './host.js';

export interface NamedPackage {
  /** As written, with its scope. */
  readonly name: string;
  readonly version: string | undefined;
}

/**
 * The nearest package.json *with a name* at or above a path, which may be a file's. Those without are not packages:
 * they set `"type"` for a folder of build output.
 */
export function nearestPackage(host: Host, start: string): NamedPackage | undefined {
  const { dirname, join } = pathsOf(host);
  for (let current = start; ; current = dirname(current)) {
    const found = parsePackage(host.readText(join(current, 'package.json')));
    if (found) return found;
    if (dirname(current) === current) return undefined;
  }
}

/** Paths as the described machine writes them, which in a test is not the one it runs on. */
export function pathsOf(host: Host): path.PlatformPath {
  return host.platform === 'win32' ? path.win32 : path.posix;
}

function parsePackage(text: string | undefined): NamedPackage | undefined {
  if (text === undefined) return undefined;
  try {
    // Editors on Windows write a byte order mark, which npm accepts and JSON.parse does not.
    const manifest: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (typeof manifest !== 'object' || manifest === null) return undefined;
    const name = textOf(manifest, 'name');
    return name ? { name, version: textOf(manifest, 'version') } : undefined;
  } catch {
    // Half-written or not JSON at all: as good as absent.
    return undefined;
  }
}

function textOf(manifest: object, key: 'name' | 'version'): string | undefined {
  const value: unknown = Reflect.get(manifest, key);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
