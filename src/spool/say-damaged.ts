import { dirname, join } from 'node:path';
import { say } from '../self-report.js';
import { type Orphan, SET_ASIDE_FOLDER } from './orphan.js';

/** Once all of it is delivered. */
export function sayDamaged({ path, setAside }: Orphan): void {
  if (setAside === 0) return;
  say(
    'spool-damaged',
    `${setAside} damaged spool files were moved to ${join(dirname(path), SET_ASIDE_FOLDER)}; what was whole in them is delivered.`,
  );
}
