import { BatchEncoder } from './batch.js';
import { RecordList } from './record-list.js';

/**
 * Requests refused in a row before the rest is given up: enough to find one bad record among
 * thousands, and few enough not to hammer a collector that refuses everything.
 */
const MAX_REFUSALS = 32;

interface Part {
  readonly from: number;
  readonly to: number;
}

/**
 * What was taken and is not settled: one batch, or the parts it was split into because the collector
 * would not have it whole. A part stays the same until it is over.
 */
export class Outgoing {
  readonly records = new RecordList();
  readonly #encoder = new BatchEncoder();
  /** The next one last. */
  #parts: Part[] = [];
  #body: Buffer | undefined;
  #refusals = 0;

  /** @param resource An encoded `Resource`. */
  body(resource: Uint8Array): Buffer {
    const { from, to } = this.#parts.at(-1)!;
    this.#body ??= this.#encoder.encode(this.records, from, to, resource);
    return this.#body;
  }

  /** Of the part that is next; 0 when all are over. */
  get partRecords(): number {
    const part = this.#parts.at(-1);
    return part === undefined ? 0 : part.to - part.from;
  }

  /** Of all parts that are left. */
  get leftRecords(): number {
    return this.#parts.reduce((sum, { from, to }) => sum + to - from, 0);
  }

  /** Makes one part of all records. */
  begin(): void {
    this.#body = undefined;
    if (this.records.count > 0) this.#parts = [{ from: 0, to: this.records.count }];
  }

  accepted(): void {
    this.#refusals = 0;
    this.#endPart();
  }

  /**
   * @param mayBeOne Whether a single record may be to blame.
   * @returns Records that are lost by it.
   */
  refused(mayBeOne: boolean): number {
    this.#refusals++;
    const { from, to } = this.#parts.at(-1)!;
    if (mayBeOne && to - from > 1 && this.#refusals < MAX_REFUSALS) {
      const middle = (from + to) >>> 1;
      this.#endPart();
      this.#parts.push({ from: middle, to }, { from, to: middle });
      return 0;
    }
    const lost = this.#refusals < MAX_REFUSALS ? to - from : this.leftRecords;
    if (this.#refusals < MAX_REFUSALS) this.#endPart();
    else this.#parts = [];
    return lost;
  }

  #endPart(): void {
    this.#parts.pop();
    this.#body = undefined;
  }
}
