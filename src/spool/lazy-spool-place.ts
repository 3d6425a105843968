import type { Config } from '../config.js';
import { say } from '../self-report.js';
import { openDestination, type SpoolPlace } from './place.js';

/**
 * The place of this process's spool, looked for when it is asked for first. Where there is none, one
 * line says why.
 *
 * @param stem Begins the name of its folder: a UUID.
 */
export function lazySpoolPlace(config: Config, stem: string): () => SpoolPlace | undefined {
  let place: SpoolPlace | undefined;
  let isKnown = false;
  return () => {
    if (isKnown) return place;
    isKnown = true;
    if (!config.hasSpool) return undefined;
    try {
      const folder = openDestination(config);
      place = { folder, stem, ...(config.runId !== undefined && { runId: config.runId }) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      say('no-spool', `Undelivered records are kept in memory alone, without a spool (${reason}).`);
    }
    return place;
  };
}
