import { severityText } from '../severity.js';

export const UNKNOWN_LEVEL = 'of unknown level';

/** How many records there were of each level. */
export class SeverityTally {
  readonly #counts = new Map<string, number>();
  #total = 0;

  get total(): number {
    return this.#total;
  }

  /** Level, in capitals, to how many. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  /** So many of which nobody knows more. */
  static ofUnknown(records: number): SeverityTally {
    const tally = new SeverityTally();
    tally.add(0, records);
    return tally;
  }

  /** @param severityNumber 0 when nobody knows. */
  add(severityNumber: number, records = 1): void {
    if (records === 0) return;
    const level = severityText(severityNumber) || UNKNOWN_LEVEL;
    this.#counts.set(level, (this.#counts.get(level) ?? 0) + records);
    this.#total += records;
  }

  addAll({ counts }: SeverityTally): void {
    for (const [level, records] of counts) {
      this.#counts.set(level, (this.#counts.get(level) ?? 0) + records);
      this.#total += records;
    }
  }

  clear(): void {
    this.#counts.clear();
    this.#total = 0;
  }

  /** `3 ERROR, 120 INFO` */
  toString(): string {
    return [...this.#counts].map(([level, records]) => `${records} ${level}`).join(', ');
  }
}
