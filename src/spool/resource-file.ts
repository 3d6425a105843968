import { join } from 'node:path';
import { ENTRY_HEADER_BYTES, sealEntry } from '../pipeline/entry.js';
import { openOwnFile, writeAll } from './files.js';
import { closeSync } from './fs.js';

export const RESOURCE_FILE = 'resource';

/**
 * Sealed like any entry.
 *
 * @param path Of a process's folder.
 * @param resource Encoded.
 */
export function writeResource(path: string, resource: Uint8Array): void {
  const entry = Buffer.alloc(ENTRY_HEADER_BYTES + resource.length);
  entry.set(resource, ENTRY_HEADER_BYTES);
  sealEntry(entry, 0, { frameBytes: resource.length, stream: 0, position: 0 });
  const fd = openOwnFile(join(path, RESOURCE_FILE));
  try {
    writeAll(fd, entry, 0);
  } finally {
    closeSync(fd);
  }
}
