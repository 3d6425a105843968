import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { sliceText } from '../convert/intrinsics.js';
import { lstatSync, mkdirSync } from './fs.js';

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
  for (const parent of parents(spoolDir, stateDirectory)) {
    try {
      if (spoolDir !== undefined) mkdirSync(parent, { recursive: true, mode: OWNER_ONLY });
      const own = ownFolder(join(parent, ownName()));
      return ownFolder(join(own, destinationName(destination)));
    } catch (error) {
      reasons.push((error as Error).message);
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
  for (const parent of parents(spoolDir, stateDirectory)) {
    try {
      const own = checked(join(parent, ownName()));
      return checked(join(own, destinationName(destination)));
    } catch {
      // It is not there, or not to be used.
    }
  }
  return undefined;
}

// What is the service's own, then what survives a restart, then what there is.
function parents(spoolDir: string | undefined, stateDirectory: string | undefined): string[] {
  if (spoolDir !== undefined) return [resolve(spoolDir)];
  return [...(stateDirectory === undefined ? [] : [stateDirectory]), '/var/tmp', tmpdir()];
}

function ownName(): string {
  return `otel-register-${process.getuid?.() ?? 'user'}`;
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
  if (process.getuid === undefined) return path;
  if (stat.uid !== process.getuid()) throw new Error(`${path} belongs to another user`);
  if ((stat.mode & OTHERS) !== 0) throw new Error(`${path} is open to other users`);
  return path;
}
