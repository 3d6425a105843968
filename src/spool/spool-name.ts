import type { SpoolPlace } from './place.js';

// A process's spool is a folder. Its name says whose it is, and never a process id: two containers
// that share the disk both have a process 1.
//
//   <uuid>.<generation>[@<run id>][~<uuid of who has claimed it>]

const NAME = /^(?<id>[0-9a-f-]{36}\.\d{1,9})(?:@(?<runId>[0-9a-f]{1,32}))?(?:~[0-9a-f-]{36})?$/;

export interface SpoolName {
  readonly id: string;
  readonly runId: string | undefined;
}

/** @param generation Counts up when a process had to begin a new one. */
export function spoolName({ stem, runId }: SpoolPlace, generation: number): string {
  return `${stem}.${generation}${runId === undefined ? '' : `@${runId}`}`;
}

/** undefined for anything that is no spool. */
export function parseSpoolName(name: string): SpoolName | undefined {
  const groups = NAME.exec(name)?.groups;
  return groups && { id: groups.id!, runId: groups.runId };
}

export function claimedName({ id, runId }: SpoolName, claimer: string): string {
  return `${id}${runId === undefined ? '' : `@${runId}`}~${claimer}`;
}
