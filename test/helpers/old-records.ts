import type { RecordList } from '../../src/pipeline/record-list.js';
import type { Replayed } from '../../src/pipeline/supply.js';

/** A record with a number for a body, encoded. */
const OLD = Buffer.from([0x2a, 0x02, 0x18, 0x07]);
export const OLD_BODY = 7;

/** What a dead process left, one record a batch. */
export class OldRecords implements Replayed {
  left: number;
  isAbandoned = false;
  readonly resource = new Uint8Array(0);

  constructor(records: number) {
    this.left = records;
  }

  get current(): Replayed['current'] {
    return this.left === 0 || this.isAbandoned ? undefined : this;
  }

  take(records: RecordList): void {
    records.add(OLD, 0, OLD.length, new Uint8Array(0));
  }

  settle(): void {
    this.left--;
  }

  finish(): void {}

  abandon(): void {
    this.isAbandoned = true;
  }
}
