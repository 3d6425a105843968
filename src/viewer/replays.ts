import type { Attributes } from './attributes.js';
import { type Entry, uidOf } from './entry.js';
import { parseFilter } from './filter/parse-filter.js';
import type { Store } from './store/store.js';

/**
 * Some 15 MB of ids. What is delivered twice is so within seconds or minutes: an answer was lost, or
 * whoever delivered died before it was noted.
 */
const MAX_KNOWN = 100_000;
/** What is read at a time of what is kept already. */
const PAGE = { records: 2000, characters: 8 * 1024 * 1024 };
const HAS_UID = parseFilter('log.record.uid:*');

/**
 * Records that arrived before, by their `log.record.uid`.
 * https://opentelemetry.io/docs/specs/semconv/registry/attributes/log/#log-record-uid
 */
export class Replays {
  readonly #known = new Set<string>();

  /** Those that are new; of several with one id the first. */
  without(entries: readonly Entry[]): readonly Entry[] {
    if (entries.every(({ uid }) => uid === null)) return entries;
    const met = new Set<string>();
    return entries.filter(({ uid }) => {
      if (uid === null) return true;
      const isNew = !this.#known.has(uid) && !met.has(uid);
      met.add(uid);
      return isNew;
    });
  }

  /** Those of a file that was written before this process. */
  async recall(store: Store): Promise<void> {
    const uids: string[] = [];
    let beforeId: number | undefined;
    for (;;) {
      const page = await store.find({ filter: HAS_UID, beforeId }, PAGE);
      for (const { attributes } of page) {
        const uid = uidOf(JSON.parse(attributes) as Attributes);
        if (uid !== null) uids.push(uid);
      }
      beforeId = page.at(-1)?.id;
      if (beforeId === undefined || uids.length >= MAX_KNOWN) break;
    }
    this.#know(uids.reverse());
  }

  /** Not before they are kept: what could not be kept comes again. */
  remember(entries: readonly Entry[]): void {
    this.#know(entries.map(({ uid }) => uid));
  }

  // Oldest first.
  #know(uids: readonly (string | null)[]): void {
    for (const uid of uids) {
      if (uid !== null) this.#known.add(uid);
    }
    for (const uid of this.#known) {
      if (this.#known.size <= MAX_KNOWN) return;
      this.#known.delete(uid);
    }
  }
}
