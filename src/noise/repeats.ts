import { LogFields, type LogRecord } from '../log-record.js';
import { ownCopy } from './own-copy.js';
import { isoTime } from './record-time.js';
import { isSameRecord } from './same-record.js';
import { setField } from './set-field.js';

/** Counts identical records in a row, of which the first has been sent. */
export class Repeats {
  readonly #write: (record: LogRecord) => void;
  #first: LogRecord | undefined;
  #count = 0;
  #firstTime = '';
  #lastTimeHigh = 0;
  #lastTimeLow = 0;

  constructor(write: (record: LogRecord) => void) {
    this.#write = write;
  }

  get hasPending(): boolean {
    return this.#count > 0;
  }

  /** Whether the record repeats the ones before it: then it is counted, and nothing else. */
  count(record: LogRecord): boolean {
    // What was cut off may differ.
    if (this.#first === undefined || record.isTruncated) return false;
    if (!isSameRecord(this.#first, record)) return false;
    if (this.#count === 0) this.#firstTime = isoTime(record);
    this.#count++;
    this.#lastTimeHigh = record.timeUnixNanoHigh;
    this.#lastTimeLow = record.timeUnixNanoLow;
    return true;
  }

  /** Another record has been sent, whose repeats are to be counted. */
  begin(first: LogRecord): void {
    this.#first = first.isTruncated ? undefined : ownCopy(first);
  }

  /** Tells of what has been counted; more of it may come. */
  settle(): void {
    if (this.#count === 0) return;
    const repeated = this.#repeated(this.#first!);
    this.#count = 0;
    this.#write(repeated);
  }

  /** What comes next repeats nothing. */
  end(): void {
    this.settle();
    this.#first = undefined;
  }

  #repeated(first: LogRecord): LogRecord {
    const timeUnixNanoHigh = this.#lastTimeHigh;
    const timeUnixNanoLow = this.#lastTimeLow;
    const attributes = new LogFields();
    if (first.attributes !== undefined) addAll(attributes, first.attributes);
    setField(attributes, 'log.repeated.count', this.#count);
    setField(attributes, 'log.repeated.first_time', this.#firstTime);
    setField(attributes, 'log.repeated.last_time', isoTime({ timeUnixNanoHigh, timeUnixNanoLow }));
    return { ...first, timeUnixNanoHigh, timeUnixNanoLow, attributes };
  }
}

function addAll(fields: LogFields, { keys, values }: LogFields): void {
  for (let i = 0; i < keys.length; i++) fields.add(keys[i]!, values[i]!);
}
