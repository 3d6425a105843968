import { severityText } from '../severity.js';

const UNKNOWN = 'of unknown level';

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

  /** @param severityNumber 0 when nobody knows. */
  add(severityNumber: number, records = 1): void {
    const level = severityText(severityNumber) || UNKNOWN;
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
