import type { Entry } from './entry.js';

/**
 * Some 15 MB of ids. What is delivered twice is so within seconds or minutes: an answer was lost, or
 * whoever delivered died before it was noted.
 */
const MAX_KNOWN = 100_000;

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

  /** Not before they are kept: what could not be kept comes again. */
  remember(entries: readonly Entry[]): void {
    for (const { uid } of entries) {
      if (uid !== null) this.#known.add(uid);
    }
    for (const uid of this.#known) {
      if (this.#known.size <= MAX_KNOWN) return;
      this.#known.delete(uid);
    }
  }
}
