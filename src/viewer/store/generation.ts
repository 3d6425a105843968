import type { Site } from '../call-site.js';
import type { Entry, Kept } from '../entry.js';
import type { Filter } from '../filter/parse-filter.js';

/**
 * Some ten thousand records that arrived one after the other. A store is a list of these: the oldest
 * goes as a whole when there are too many, and a question is put to one after the other, so that no
 * question holds up what arrives meanwhile.
 */
export interface Generation {
  readonly extent: Extent;
  /** Of what it holds now, indexes included. */
  readonly bytes: number;
  add(entries: readonly Entry[]): void;
  /** Newest first unless asked otherwise. */
  find(selection: Selection, limit: number, order?: 'newest' | 'oldest'): number[];
  /** In the order asked for, one at a time; what it does not hold is left out. */
  read(ids: readonly number[]): Iterable<Kept>;
  /** Calls back with each combination of bucket and severity. */
  count(selection: Selection, buckets: Buckets, tally: TallyBucket): void;
  sites(selection: Selection): SiteCount[];
  origins(selection: Selection): OriginCount[];
  drop(): void;
}

export interface Extent {
  readonly firstId: number;
  /** `firstId - 1` while empty. */
  readonly lastId: number;
  readonly earliest: bigint;
  readonly latest: bigint;
}

/** Nothing but these; each is left out where it does not restrict. */
export interface Selection {
  readonly filter: Filter;
  /** Inclusive, in nanoseconds. */
  readonly from?: bigint | undefined;
  /** Exclusive. */
  readonly to?: bigint | undefined;
  /** Exclusive. */
  readonly afterId?: number | undefined;
  /** Exclusive. */
  readonly beforeId?: number | undefined;
}

export interface Buckets {
  readonly from: bigint;
  readonly bucketNano: bigint;
}

export type TallyBucket = (bucket: number, severityNumber: number, count: number) => void;

export interface SiteCount {
  readonly site: Site;
  readonly count: number;
  readonly sampleId: number;
}

export interface OriginCount {
  readonly service: string | null;
  readonly pool: string | null;
  readonly severityNumber: number;
  readonly count: number;
}

/** Whether there can be anything selected in it. */
export function mayHold({ extent }: Generation, selection: Selection): boolean {
  const { from, to, afterId, beforeId } = selection;
  return (
    extent.lastId >= extent.firstId &&
    (afterId === undefined || extent.lastId > afterId) &&
    (beforeId === undefined || extent.firstId < beforeId) &&
    (from === undefined || extent.latest >= from) &&
    (to === undefined || extent.earliest < to)
  );
}

/** The extent of a generation with these records as well. */
export function extend(extent: Extent, entries: readonly Entry[]): Extent {
  let { lastId, earliest, latest } = extent;
  const isEmpty = lastId < extent.firstId;
  if (isEmpty && entries.length > 0) earliest = latest = entries[0]!.timeUnixNano;
  for (const { id, timeUnixNano } of entries) {
    lastId = id;
    if (timeUnixNano < earliest) earliest = timeUnixNano;
    if (timeUnixNano > latest) latest = timeUnixNano;
  }
  return { firstId: extent.firstId, lastId, earliest, latest };
}

export function emptyExtent(firstId: number): Extent {
  return { firstId, lastId: firstId - 1, earliest: 0n, latest: 0n };
}
