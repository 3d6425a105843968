import { closeSync, constants, fstatSync, openSync, readSync } from '../spool/fs.js';

// All files we want are far below. A package.json above it is not read as one, which is the
// price for never holding a file somebody else made large.
const MAX_FILE_BYTES = 64 * 1024;

/** The first 64 KiB of a regular file as text, or undefined. Synchronous, as the contract asks. */
export function readTextFile(path: string): string | undefined {
  try {
    const file = openSync(path, FLAGS);
    try {
      return fstatSync(file).isFile() ? readStart(file) : undefined;
    } finally {
      closeSync(file);
    }
  } catch {
    // Absent, forbidden, a folder: detectors go on without it.
    return undefined;
  }
}

// Opening a named pipe would otherwise wait for somebody to write into it. Windows has no such flag.
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

// In a loop: files of /proc say they are empty, and hand out a page at a time.
function readStart(file: number): string {
  const buffer = Buffer.allocUnsafe(MAX_FILE_BYTES);
  let bytes = 0;
  while (bytes < MAX_FILE_BYTES) {
    const read = readSync(file, buffer, bytes, MAX_FILE_BYTES - bytes, null);
    if (read === 0) break;
    bytes += read;
  }
  return buffer.toString('utf8', 0, bytes);
}
