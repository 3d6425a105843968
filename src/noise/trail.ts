import { mapDelete, mapGet, mapSet, visitMap } from '../convert/intrinsics.js';
import { LogFields, type LogRecord } from '../log-record.js';
import { maxLogRecordBytes } from '../pipeline/encode.js';
import { ownCopy } from './own-copy.js';
import { setField } from './set-field.js';

export interface TrailLimits {
  /** Of one trace. */
  readonly maxRecords: number;
  /** Of all traces. */
  readonly maxTotalRecords: number;
  /** The same, as many as they could take when encoded: a text counts three times its length. */
  readonly maxTotalBytes: number;
}

const LIMITS: TrailLimits = {
  maxRecords: 100,
  maxTotalRecords: 1_000,
  maxTotalBytes: 4 * 1024 * 1024,
};

interface Step {
  readonly record: LogRecord;
  readonly bytes: number;
  next: Step | undefined;
}

/** Oldest first. */
interface Steps {
  first: Step | undefined;
  last: Step | undefined;
  count: number;
}

const NO_CONSTANTS = new Uint8Array(0);
/** Of records without a trace: those of the thread are one. */
const NO_TRACE = '';

/**
 * The latest records below the level, by trace, for the case that an error makes them interesting.
 * Where there is no room, those of the trace go that has been quiet for longest.
 */
export class Trail {
  readonly #limits: TrailLimits;
  /** In the order in which the traces were last heard of. */
  readonly #traces = new Map<string, Steps>();
  #latest: string | undefined;
  #totalRecords = 0;
  #totalBytes = 0;

  constructor(limits: TrailLimits = LIMITS) {
    this.#limits = limits;
  }

  /** Takes a record that is not sent. */
  keep(record: LogRecord): void {
    const { maxRecords, maxTotalRecords, maxTotalBytes } = this.#limits;
    const bytes = maxLogRecordBytes(record, NO_CONSTANTS);
    if (bytes > maxTotalBytes) return;
    const steps = this.#stepsOf(traceOf(record));
    this.#add(steps, { record: ownCopy(record), bytes, next: undefined });
    if (steps.count > maxRecords) this.#dropFirst(steps);
    while (this.#totalRecords > maxTotalRecords || this.#totalBytes > maxTotalBytes) {
      this.#dropOldest();
    }
  }

  /** Hands over, and forgets, what was kept of the trace in which `error` happened, oldest first. */
  release(error: LogRecord, take: (record: LogRecord) => void): void {
    const trace = traceOf(error);
    const steps = mapGet(this.#traces, trace) as Steps | undefined;
    if (steps === undefined) return;
    this.#forget(trace);
    for (let step = steps.first; step !== undefined; step = step.next) {
      this.#totalRecords--;
      this.#totalBytes -= step.bytes;
      step.record.attributes ??= new LogFields();
      setField(step.record.attributes, 'log.trail', true);
      take(step.record);
    }
  }

  #stepsOf(trace: string): Steps {
    const known = mapGet(this.#traces, trace) as Steps | undefined;
    if (known !== undefined && trace === this.#latest) return known;
    if (known !== undefined) mapDelete(this.#traces, trace);
    const steps = known ?? { first: undefined, last: undefined, count: 0 };
    mapSet(this.#traces, trace, steps);
    this.#latest = trace;
    return steps;
  }

  #add(steps: Steps, step: Step): void {
    if (steps.last === undefined) steps.first = step;
    else steps.last.next = step;
    steps.last = step;
    steps.count++;
    this.#totalRecords++;
    this.#totalBytes += step.bytes;
  }

  #dropFirst(steps: Steps): void {
    const { bytes, next } = steps.first!;
    steps.first = next;
    if (next === undefined) steps.last = undefined;
    steps.count--;
    this.#totalRecords--;
    this.#totalBytes -= bytes;
  }

  #dropOldest(): void {
    visitMap(this.#traces, (trace, value) => {
      const steps = value as Steps;
      this.#dropFirst(steps);
      if (steps.count === 0) this.#forget(trace as string);
      return false;
    });
  }

  #forget(trace: string): void {
    mapDelete(this.#traces, trace);
    if (this.#latest === trace) this.#latest = undefined;
  }
}

function traceOf({ span }: LogRecord): string {
  return span?.traceId ?? NO_TRACE;
}
