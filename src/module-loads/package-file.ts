import { readFileSync } from 'node:fs';
import { sep } from 'node:path';
import {
  endsWith,
  indexOfText,
  lastIndexOfText,
  parseJson,
  sliceText,
} from '../convert/intrinsics.js';

const readText = readFileSync as (path: string, encoding: 'utf8') => string;

const MODULES = `${sep}node_modules${sep}`;

/** One file of an installed package. */
export interface PackageFile {
  readonly packageName: string;
  /** Of the package. */
  readonly folder: string;
  readonly path: string;
}

/** The file of a package that is in a folder of its own name. */
export function installedFile(path: string): PackageFile | undefined {
  const at = lastIndexOfText(path, MODULES);
  if (at === -1) return undefined;
  const start = at + MODULES.length;
  let end = indexOfText(path, sep, start);
  if (path[start] === '@' && end !== -1) end = indexOfText(path, sep, end + 1);
  if (end === -1) return undefined;
  const name = sliceText(path, start, end);
  const packageName = sep === '/' ? name : name.replaceAll(sep, '/');
  return { packageName, folder: sliceText(path, 0, end), path };
}

/** The last part of a path. */
export function fileName(path: string): string {
  for (let at = path.length; at > 0; at--) {
    const character = path[at - 1];
    if (character === '/' || character === sep) return sliceText(path, at);
  }
  return path;
}

/**
 * Whether the path leads to this file of this package. A copy may be installed under another name, or
 * linked from where it is written: then its manifest says what it is called.
 */
export function isFileOf(packageName: string, file: string, path: string): boolean {
  const end = `/${file}`;
  const slashed = sep === '/' ? path : path.replaceAll(sep, '/');
  if (!endsWith(slashed, end)) return false;
  const folder = sliceText(slashed, 0, slashed.length - end.length);
  return endsWith(folder, `/node_modules/${packageName}`) || nameIn(folder) === packageName;
}

function nameIn(folder: string): unknown {
  try {
    return (parseJson(readText(`${folder}/package.json`, 'utf8')) as { name?: unknown }).name;
  } catch {
    // No package, then.
    return undefined;
  }
}
