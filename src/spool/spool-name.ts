import type { SpoolPlace } from './place.js';

// A process's spool is a folder. Its name says whose it is, and never a process id: two containers
// that share the disk both have a process 1.
//
//   <uuid>.<generation>[@<run id>][~<uuid of who has claimed it>.<when it was left, in s since 1970>]

const NAME =
  /^(?<id>[0-9a-f-]{36}\.\d{1,9})(?:@(?<runId>[0-9a-f]{1,32}))?(?:~[0-9a-f-]{36}\.(?<leftAtS>\d{1,12}))?$/;

const UUID_LENGTH = 36;

export interface SpoolName {
  readonly id: string;
  readonly runId: string | undefined;
  /** Of one that was claimed: when its owner showed to be alive last. */
  readonly leftAtMs: number | undefined;
}

/** @param generation Counts up when a process had to begin a new one. */
export function spoolName({ stem, runId }: SpoolPlace, generation: number): string {
  return `${stem}.${generation}${runId === undefined ? '' : `@${runId}`}`;
}

/** The process alone: what is in two of its folders is the same record. */
export function processOf(id: string): string {
  return id.slice(0, UUID_LENGTH);
}

/** undefined for anything that is no spool. */
export function parseSpoolName(name: string): SpoolName | undefined {
  const groups = NAME.exec(name)?.groups;
  if (groups === undefined) return undefined;
  const { id, runId, leftAtS } = groups;
  return { id: id!, runId, leftAtMs: leftAtS === undefined ? undefined : Number(leftAtS) * 1000 };
}

/** Says when it was left: from now on, its modification time shows that the claimer lives. */
export function claimedName({ id, runId }: SpoolName, claimer: string, leftAtMs: number): string {
  const leftAtS = Math.max(0, Math.floor(leftAtMs / 1000));
  return `${id}${runId === undefined ? '' : `@${runId}`}~${claimer}.${leftAtS}`;
}
