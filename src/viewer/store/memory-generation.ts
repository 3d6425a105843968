import { siteKey } from '../call-site.js';
import type { Entry, Kept, Origin } from '../entry.js';
import { matches } from '../filter/match.js';
import {
  type Buckets,
  type Extent,
  emptyExtent,
  extend,
  type Generation,
  type OriginCount,
  type Selection,
  type SiteCount,
  type TallyBucket,
} from './generation.js';

/** Objects and arrays around the texts of a record, as seen in heap snapshots. */
const BYTES_PER_ENTRY = 400;
/** A list of two, its number, and its path, which is short. */
const BYTES_PER_NUMBER = 120;

/** For Node without SQLite: looks at each record. */
export class MemoryGeneration implements Generation {
  #entries: Entry[] = [];
  #extent: Extent;
  #bytes = 0;
  /** Each request brings its own: kept once, by what they say. */
  readonly #origins = new Map<string, Origin>();
  #lastOrigin: { readonly given: Origin; readonly kept: Origin } | undefined;

  constructor(firstId: number) {
    this.#extent = emptyExtent(firstId);
  }

  get extent(): Extent {
    return this.#extent;
  }

  get bytes(): number {
    return this.#bytes;
  }

  add(entries: readonly Entry[]): void {
    for (const entry of entries) {
      this.#entries.push({ ...entry, origin: this.#originOf(entry) });
      this.#bytes += bytesOf(entry);
    }
    this.#extent = extend(this.#extent, entries);
  }

  #originOf({ origin: given }: Entry): Origin {
    if (this.#lastOrigin?.given === given) return this.#lastOrigin.kept;
    const key = JSON.stringify(given);
    const kept = this.#origins.get(key) ?? given;
    if (kept === given) this.#bytes += 2 * textBytes(key);
    this.#origins.set(key, kept);
    this.#lastOrigin = { given, kept };
    return kept;
  }

  find(selection: Selection, limit: number, order: 'newest' | 'oldest' = 'newest'): number[] {
    const [start, end] = this.#range(selection);
    const ids: number[] = [];
    for (let step = 0; step < end - start && ids.length < limit; step++) {
      const entry = this.#entries[order === 'newest' ? end - 1 - step : start + step]!;
      if (isSelected(entry, selection)) ids.push(entry.id);
    }
    return ids;
  }

  *read(ids: readonly number[]): Generator<Kept> {
    for (const id of ids) {
      const entry = this.#entries[id - this.#extent.firstId];
      if (entry) yield entry;
    }
  }

  count(selection: Selection, { from, bucketNano }: Buckets, tally: TallyBucket): void {
    for (const { timeUnixNano, severityNumber } of this.#selected(selection)) {
      tally(Number((timeUnixNano - from) / bucketNano), severityNumber, 1);
    }
  }

  sites(selection: Selection): SiteCount[] {
    const counts = new Map<string, SiteCount>();
    for (const { site, id } of this.#selected(selection)) {
      const key = siteKey(site);
      const known = counts.get(key);
      counts.set(key, {
        site: known?.site ?? site,
        count: (known?.count ?? 0) + 1,
        sampleId: id,
      });
    }
    return [...counts.values()];
  }

  origins(selection: Selection): OriginCount[] {
    const counts: OriginCount[] = [];
    for (const { origin, severityNumber } of this.#selected(selection)) {
      counts.push({ service: origin.service, pool: origin.pool, severityNumber, count: 1 });
    }
    return counts;
  }

  drop(): void {
    this.#entries = [];
    this.#origins.clear();
    this.#lastOrigin = undefined;
  }

  *#selected(selection: Selection): Generator<Entry> {
    const [start, end] = this.#range(selection);
    for (let index = start; index < end; index++) {
      const entry = this.#entries[index]!;
      if (isSelected(entry, selection)) yield entry;
    }
  }

  // Ids have no gaps.
  #range({ afterId = 0, beforeId = Number.MAX_SAFE_INTEGER }: Selection): [number, number] {
    const { firstId } = this.#extent;
    return [Math.max(0, afterId + 1 - firstId), Math.min(this.#entries.length, beforeId - firstId)];
  }
}

function isSelected(entry: Entry, { filter, from, to }: Selection): boolean {
  const { timeUnixNano } = entry;
  return (
    (from === undefined || timeUnixNano >= from) &&
    (to === undefined || timeUnixNano < to) &&
    matches(entry, filter)
  );
}

function bytesOf({ body, attributes, searchText, numbers, site }: Entry): number {
  const texts = textBytes(body) + textBytes(attributes) + textBytes(searchText);
  return BYTES_PER_ENTRY + texts + textBytes(site.pattern) + BYTES_PER_NUMBER * numbers.length;
}

// V8 takes two bytes for each character of a text as soon as one is beyond Latin-1.
function textBytes(text: string): number {
  return WIDE.test(text) ? 2 * text.length : text.length;
}

const WIDE = /[^\0-\xff]/;
