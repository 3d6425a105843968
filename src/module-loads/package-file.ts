import { readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { endsWith, parseJson, sliceText } from '../convert/intrinsics.js';

const readText = readFileSync as (path: string, encoding: 'utf8') => string;

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
