import { attempt } from '../attempt.js';
import {
  constants,
  ftruncateSync,
  openSync,
  readdirSync,
  readSync,
  utimesSync,
  writeSync,
} from './fs.js';

const { O_CREAT, O_EXCL, O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDONLY, O_RDWR } = constants;
const OWNER_ONLY = 0o600;

/** @throws If it is there already, whatever it is. */
export function createFile(path: string): number {
  return openSync(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, OWNER_ONLY);
}

/** To write on in a file of ours. */
export function openOwnFile(path: string): number {
  return openSync(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK, OWNER_ONLY);
}

/** Somebody else may have made it: neither a link is followed, nor a pipe's writer waited for. */
export function openForReading(path: string): number {
  return openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
}

/** All of it, or nothing. @throws When the disk is full, for instance. */
export function writeAll(fd: number, bytes: Uint8Array, position: number): void {
  try {
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(fd, bytes, done, bytes.length - done, position + done);
    }
  } catch (error) {
    ftruncateSync(fd, position);
    throw error;
  }
}

/** As much as there is, up to the whole of `into`. @returns Bytes read. */
export function readAll(fd: number, into: Uint8Array, position: number): number {
  let done = 0;
  while (done < into.length) {
    const read = readSync(fd, into, done, into.length - done, position + done);
    if (read === 0) break;
    done += read;
  }
  return done;
}

/** As if it were written to now. @throws When it is gone. */
export function touch(path: string): void {
  const now = new Date();
  utimesSync(path, now, now);
}

/** Names in a folder; none where there is no folder. */
export function namesIn(folder: string): string[] {
  return attempt(() => readdirSync(folder)) ?? [];
}
