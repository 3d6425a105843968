import { Orphans } from '../../src/spool/orphans.js';
import { entry, ownSpool, temporaryFolder } from '../helpers/spool.js';

export const OURS = '00000000-0000-4000-8000-00000000000a';
export const ONE = '00000000-0000-4000-8000-000000000001';
export const TWO = '00000000-0000-4000-8000-000000000002';
export const CLAIMER = '00000000-0000-4000-8000-00000000000c';
export const DAY_MS = 86_400_000;

/** A folder, and a process that looks for orphans in it; time passes as the test says. */
export function createLooker(maxAgeMs = DAY_MS, maxBytes = 2 ** 28) {
  const folder = temporaryFolder();
  let nowMs = 0;
  let looks = 0;
  const orphans = new Orphans({
    folder,
    ownStem: OURS,
    claimer: CLAIMER,
    maxAgeMs,
    maxBytes,
    monotonicMs: () => {
      looks++;
      return nowMs;
    },
  });
  return {
    folder,
    orphans,
    /** How often it went through all that is there. */
    looks: () => looks,
    look: () => orphans.claimNext(),
    wait(ms: number) {
      nowMs += ms;
    },
  };
}

export function leave(folder: string, stem: string, text: string): void {
  ownSpool(folder, { place: { folder, stem } }).append(entry([text]));
}
