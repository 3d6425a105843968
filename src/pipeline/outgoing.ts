import { BatchEncoder } from './batch.js';
import { RecordList } from './record-list.js';
import { SeverityTally } from './severity-tally.js';

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
  #lost = new SeverityTally();

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

  /** Records of the batch that were refused so far. */
  get lost(): SeverityTally {
    return this.#lost;
  }

  /** Makes one part of all records. */
  begin(): void {
    this.#body = undefined;
    this.#lost = new SeverityTally();
    if (this.records.count > 0) this.#parts = [{ from: 0, to: this.records.count }];
  }

  /** Nothing of it is sent again. */
  abandon(): void {
    this.#parts = [];
    this.#body = undefined;
  }

  /** All of it is given up before it was sent. Answers what that was. */
  giveUp(): SeverityTally {
    this.#lose(0, this.records.count);
    this.abandon();
    return this.#lost;
  }

  accepted(): void {
    this.#refusals = 0;
    this.#endPart();
  }

  /**
   * @param mayBeOne Whether a single record may be to blame.
   */
  refused(mayBeOne: boolean): void {
    this.#refusals++;
    const { from, to } = this.#parts.at(-1)!;
    if (mayBeOne && to - from > 1 && this.#refusals < MAX_REFUSALS) {
      const middle = (from + to) >>> 1;
      this.#endPart();
      this.#parts.push({ from: middle, to }, { from, to: middle });
      return;
    }
    if (this.#refusals < MAX_REFUSALS) {
      this.#lose(from, to);
      this.#endPart();
    } else {
      for (const part of this.#parts) this.#lose(part.from, part.to);
      this.abandon();
    }
  }

  #lose(from: number, to: number): void {
    for (let i = from; i < to; i++) this.#lost.add(this.records.severityNumbers[i]!);
  }

  #endPart(): void {
    this.#parts.pop();
    this.#body = undefined;
  }
}
