import { attempt } from '../attempt.js';
import { openOwnFile } from './files.js';
import { closeSync, existsSync } from './fs.js';
import { under } from './place.js';

/** Empty. */
const ENDED_FILE = 'ended';

/**
 * Its process has ended in good order, and has tried to deliver what is there as long as it was to.
 * Never throws, and makes no folder.
 *
 * @param path Of a process's folder.
 */
export function markEnded(path: string): void {
  attempt(() => closeSync(openOwnFile(under(path, ENDED_FILE))));
}

export function hasEndedInOrder(path: string): boolean {
  return existsSync(under(path, ENDED_FILE));
}
