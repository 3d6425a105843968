import { readdirSync } from './fs.js';
import { findDestination, type PlaceOptions } from './place.js';
import { parseSpoolName } from './spool-name.js';

// Taken once: the application's tests may replace it.
const later = setTimeout;
const DELAY_MS = 1_000;

/**
 * Once, for a program that logs nothing itself: whether there is anything of others'. The exporter
 * thread sees to it whether they are dead.
 */
export function lookForOrphansLater(where: PlaceOptions, stem: string, onAny: () => void): void {
  const timer = later(() => {
    try {
      const folder = findDestination(where);
      if (folder === undefined) return;
      const isOthers = (name: string) => parseSpoolName(name)?.id.startsWith(stem) === false;
      if (readdirSync(folder).some(isOthers)) onAny();
    } catch {
      // The folder is gone: nothing is left in it.
    }
  }, DELAY_MS);
  timer.unref();
}
