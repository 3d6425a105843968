import * as crypto from 'node:crypto';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { sliceText } from '../convert/intrinsics.js';
import { accessSync, constants, existsSync, lstatSync, mkdirSync, statSync } from './fs.js';

// Where the spool is. One folder a user, in it one a destination, in it one a process.

/** Plain data: it is handed to threads. */
export interface SpoolPlace {
  /** Of the destination; holds one folder a process. */
  readonly folder: string;
  /** Begins the name of this process's folder. */
  readonly stem: string;
  /** Of the `otel-register run` that this process runs under. */
  readonly runId?: string;
}

export interface PlaceOptions {
  /** `OTEL_REGISTER_SPOOL_DIR`; tried alone. */
  readonly spoolDir?: string | undefined;
  /** What systemd keeps for the service. */
  readonly stateDirectory?: string | undefined;
  /** What makes the destination: records must not leave by another's credentials. */
  readonly destination: readonly string[];
}

// Taken before the application can replace them: it is asked for with the first record.
const { createHash } = crypto;
const { dirname, resolve, sep } = path;
const { getuid } = process;
const { W_OK, X_OK } = constants;

const NAME_DIGITS = 16;
const OWNER_ONLY = 0o700;
const OTHERS = 0o077;

/**
 * Folder of a destination, made if need be.
 *
 * @throws Error with the reason, as a sentence's end, when no folder can be used.
 */
export function openDestination({ spoolDir, stateDirectory, destination }: PlaceOptions): string {
  const reasons: string[] = [];
  const candidates = parents(spoolDir, stateDirectory);
  for (let i = 0; i < candidates.length; i++) {
    const parent = candidates[i]!;
    try {
      if (spoolDir !== undefined) mkdirSync(parent, { recursive: true, mode: OWNER_ONLY });
      const own = ownFolder(under(parent, ownName()));
      return ownFolder(under(own, destinationName(destination)));
    } catch (error) {
      reasons[reasons.length] = (error as Error).message;
    }
  }
  throw new Error(reasons[0] ?? 'there is no folder for it');
}

/** The same folder, if it is there: nothing is made for it. */
export function findDestination({
  spoolDir,
  stateDirectory,
  destination,
}: PlaceOptions): string | undefined {
  const candidates = parents(spoolDir, stateDirectory);
  for (let i = 0; i < candidates.length; i++) {
    try {
      const own = checked(under(candidates[i]!, ownName()));
      return checked(under(own, destinationName(destination)));
    } catch {
      // It is not there, or not to be used.
    }
  }
  return undefined;
}

export interface InspectedPlace {
  /** One user's; holds one folder a destination. */
  readonly folder: string;
  readonly destination: string;
  /** Why it cannot be used, as a sentence's end. */
  readonly problem: string | undefined;
}

/** Where `openDestination` would look, in its order, and what it would meet. Nothing is made. */
export function inspectPlaces({
  spoolDir,
  stateDirectory,
  destination,
}: PlaceOptions): InspectedPlace[] {
  return parents(spoolDir, stateDirectory).map(parent => {
    const folder = under(parent, ownName());
    const place = { folder, destination: under(folder, destinationName(destination)) };
    try {
      for (const path of [folder, place.destination]) {
        if (existsSync(path)) accessSync(checked(path), W_OK | X_OK);
        else accessSync(folderAbove(path), W_OK | X_OK);
      }
      return { ...place, problem: undefined };
    } catch (error) {
      return { ...place, problem: (error as Error).message };
    }
  });
}

function folderAbove(path: string): string {
  let folder = path;
  while (!existsSync(folder)) folder = dirname(folder);
  if (!statSync(folder).isDirectory()) throw new Error(`${folder} is not a folder`);
  return folder;
}

/** Not `path.join`, which calls what the application may have replaced. */
export function under(folder: string, name: string): string {
  return `${folder}${sep}${name}`;
}

// What is the service's own, then what survives a restart, then what there is.
function parents(spoolDir: string | undefined, stateDirectory: string | undefined): string[] {
  if (spoolDir !== undefined) return [resolve(spoolDir)];
  const shared = ['/var/tmp', tmpdir()];
  return stateDirectory === undefined ? shared : [stateDirectory, shared[0]!, shared[1]!];
}

function ownName(): string {
  return `otel-register-${getuid?.() ?? 'user'}`;
}

/** A hash, so that no token can be read from a path. */
function destinationName(destination: readonly string[]): string {
  const hash = createHash('sha256');
  // Not `JSON.stringify` or `join`: the application may have broken what they rely on.
  for (let i = 0; i < destination.length; i++) hash.update(`${destination[i]}\n`);
  return sliceText(hash.digest('hex'), 0, NAME_DIGITS);
}

// In a folder that everybody may write to, somebody else may have been first.
function ownFolder(path: string): string {
  try {
    mkdirSync(path, { mode: OWNER_ONLY });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return checked(path);
}

function checked(path: string): string {
  const stat = lstatSync(path);
  if (!stat.isDirectory()) throw new Error(`${path} is not a folder`);
  if (getuid === undefined) return path;
  if (stat.uid !== getuid()) throw new Error(`${path} belongs to another user`);
  if ((stat.mode & OTHERS) !== 0) throw new Error(`${path} is open to other users`);
  return path;
}
