import { fileURLToPath } from 'node:url';
import {
  indexOfText,
  lastIndexOfText,
  mapClear,
  mapGet,
  mapSet,
  sliceText,
  startsWith,
} from '../convert/intrinsics.js';
import { cutText } from '../convert/limits.js';
import { type Frame, framesBelow } from './frames.js';
import { LOGGER_PACKAGES } from './logger-packages.js';
import type { SourceMap } from './source-maps.js';

/** What is known of a script by its name. */
export interface ScriptOrigin {
  /** As V8 names it: a path for CommonJS, a URL for ES modules. */
  readonly name: string;
  readonly path: string;
  /** Neither ours, nor Node's, nor a logger's. */
  readonly isApplication: boolean;
  /** Looked for when first needed; null: there is none. */
  sourceMap: SourceMap | null | undefined;
}

/** No file system has longer paths. */
const MAX_PATH_LENGTH = 4096;
/** Of scripts; a program that makes names up must not make us grow. */
const MAX_ORIGINS = 4096;
const PACKAGES = 'node_modules';
const toPath = fileURLToPath;

const loggers = new Map<string, true>(LOGGER_PACKAGES.map(name => [name, true]));
const origins = new Map<string, ScriptOrigin>();
let originCount = 0;
let ownFolder: string | undefined;

export function scriptOrigin(name: string): ScriptOrigin {
  const known = mapGet(origins, name) as ScriptOrigin | undefined;
  if (known !== undefined) return known;

  if (originCount === MAX_ORIGINS) {
    mapClear(origins);
    originCount = 0;
  }
  const path = pathOf(name);
  const isApplication = !startsWith(name, 'node:') && !isOurs(path) && !isLogger(path);
  const origin: ScriptOrigin = { name, path, isApplication, sourceMap: undefined };
  mapSet(origins, name, origin);
  originCount++;
  return origin;
}

/** The path of a `file:` URL; of a `data:` URL what is before the data; what else there is as it is. */
export function pathOf(name: string): string {
  if (startsWith(name, 'file:')) {
    try {
      return cutText(toPath(name), MAX_PATH_LENGTH);
    } catch {
      // A host that is not this one, an encoded slash: as it is.
    }
  }
  const comma = startsWith(name, 'data:') ? indexOfText(name, ',') : -1;
  return cutText(comma === -1 ? name : sliceText(name, 0, comma), MAX_PATH_LENGTH);
}

// All of our bundles are in one folder.
function isOurs(path: string): boolean {
  ownFolder ??= folderOf(pathOf(ownFrame()?.getFileName() ?? ''));
  return ownFolder !== '' && startsWith(path, ownFolder);
}

// Its caller's, which is in this file.
function ownFrame(): Frame | undefined {
  return framesBelow(ownFrame, 1)[0];
}

/** With the separator at its end. */
function folderOf(path: string): string {
  for (let at = path.length; at > 0; at--) {
    if (isSeparator(path[at - 1])) return sliceText(path, 0, at);
  }
  return '';
}

function isLogger(path: string): boolean {
  const at = lastIndexOfText(path, PACKAGES);
  const start = at + PACKAGES.length + 1;
  if (at === -1 || !isSeparator(path[start - 1])) return false;

  const end = nextSeparator(path, start);
  const first = sliceText(path, start, end);
  if (first[0] !== '@') return isListed(first);
  const name = sliceText(path, end + 1, nextSeparator(path, end + 1));
  return isListed(`${first}/`) || isListed(`${first}/${name}`);
}

function isListed(name: string): boolean {
  return mapGet(loggers, name) === true;
}

function nextSeparator(path: string, from: number): number {
  for (let at = from; at < path.length; at++) if (isSeparator(path[at])) return at;
  return path.length;
}

function isSeparator(character: string | undefined): boolean {
  return character === '/' || character === '\\';
}
