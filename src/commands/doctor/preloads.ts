import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { splitNodeOptions } from '../../node-options.js';

export const PACKAGE = '@emp/otel-register';

/** One `--import` or `--require`. */
export interface Preload {
  readonly option: string;
  readonly value: string;
  /** A name that Node looks up from the working folder. */
  readonly isBare: boolean;
  /** The file it leads to; undefined where there is none. */
  readonly path: string | undefined;
  /** Whether it is this package, or would be. */
  readonly isOurs: boolean;
}

const LONG_NAMES: Readonly<Record<string, string>> = { '-r': '--require' };
const OPTION = /^(--import|--require|-r)(?:=(.*))?$/s;

/** What NODE_OPTIONS preload into a program that is started in `folder`. */
export function preloadsOf(nodeOptions: string, folder: string): Preload[] {
  const words = splitNodeOptions(nodeOptions);
  return words.flatMap((word, index) => {
    const match = OPTION.exec(word);
    if (match === null) return [];
    const value = match[2] ?? words[index + 1] ?? '';
    return [preload(LONG_NAMES[match[1]!] ?? match[1]!, value, folder)];
  });
}

function preload(option: string, value: string, folder: string): Preload {
  const isPath = /^(file|data|node):/.test(value) || isAbsolute(value) || /^\.\.?\//.test(value);
  const path = isPath ? fileOf(value, folder) : findPackage(value, folder);
  const isOurs = value.startsWith(PACKAGE) || (path !== undefined && nameAbove(path) === PACKAGE);
  return { option, value, isBare: !isPath, path, isOurs };
}

function fileOf(value: string, folder: string): string | undefined {
  if (/^(data|node):/.test(value)) return value;
  try {
    const path = value.startsWith('file:') ? fileURLToPath(value) : resolve(folder, value);
    if (existsSync(path)) return realpathSync(path);
    return createRequire(join(folder, 'x.js')).resolve(path);
  } catch {
    // It is not there.
    return undefined;
  }
}

/** As a program in that folder finds it. */
export function findPackage(name: string, folder: string): string | undefined {
  try {
    return createRequire(join(folder, 'x.js')).resolve(name);
  } catch (error) {
    // Installed, but for `import` alone.
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ERR_PACKAGE_PATH_NOT_EXPORTED' ? name : undefined;
  }
}

function nameAbove(path: string): string | undefined {
  return manifestAbove(path)?.name;
}

export interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** The nearest package.json with a name, at or above a path. */
export function manifestAbove(path: string): (Manifest & { readonly folder: string }) | undefined {
  for (let folder = path; ; folder = dirname(folder)) {
    const manifest = readManifest(folder);
    if (manifest?.name !== undefined) return { ...manifest, folder };
    if (dirname(folder) === folder) return undefined;
  }
}

export function readManifest(folder: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8').replace(/^\uFEFF/, ''));
  } catch {
    // Not there, or none.
    return undefined;
  }
}
