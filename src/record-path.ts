import { noteCallSite } from './call-sites/note-call-site.js';
import { addContext, type LogContext } from './context/log-context.js';
import type { LogRecord } from './log-record.js';
import { Noise } from './noise/noise.js';
import { Trail } from './noise/trail.js';
import type { Redaction } from './redaction/redaction.js';
import type { LiveRules } from './rules/live-rules.js';
import { ERROR, type SeverityNumber } from './severity.js';

export interface RecordPathOptions {
  readonly context: Pick<LogContext, 'current'>;
  readonly maxAttributes: number;
  /** What may be done to a record, and the least severity exported; what has none (0) always is. */
  readonly rules: Pick<LiveRules, 'leastWanted' | 'minimumSeverity' | 'apply'>;
  /** From there on records say where they were logged. Default: none does. */
  readonly callSiteSeverity?: SeverityNumber;
  /** Takes out secrets; undefined leaves them in. */
  readonly redaction?: Redaction | undefined;
  /** From there on records below the least are kept for the case of an error. Default: none is. */
  readonly trailSeverity?: SeverityNumber;
  /** Whether identical records in a row become one. Default: no. */
  readonly hasFold?: boolean;
  /** Of one kind of record. Default: no limit. */
  readonly maxPerSecond?: number;
  /** Called before nothing may be held back any more: there may be records left to emit. */
  beforeEnd?(): void;
  /** Takes what has come through. Must not throw. */
  write(record: LogRecord): void;
}

/** What every record of one thread passes between the bridge that made it and the pipeline. */
export class RecordPath {
  readonly #options: RecordPathOptions;
  readonly #callSiteSeverity: SeverityNumber;
  readonly #trailSeverity: SeverityNumber;
  readonly #trail: Trail | undefined;
  #noise: Noise | undefined;

  constructor(options: RecordPathOptions) {
    this.#options = options;
    this.#callSiteSeverity = options.callSiteSeverity ?? Number.POSITIVE_INFINITY;
    this.#trailSeverity = options.trailSeverity ?? Number.POSITIVE_INFINITY;
    this.#trail = this.#trailSeverity < Number.POSITIVE_INFINITY ? new Trail() : undefined;
    const { hasFold, maxPerSecond = Number.POSITIVE_INFINITY } = options;
    this.#noise =
      hasFold || maxPerSecond < Number.POSITIVE_INFINITY ? this.#createNoise() : undefined;
  }

  /** Whether a record that a bridge would give this severity may be sent: if not, none need be made. */
  wants(severity: SeverityNumber): boolean {
    return (
      severity >= this.#trailSeverity ||
      severity >= this.#options.rules.leastWanted() ||
      severity === 0
    );
  }

  /** Takes a finished record, which is the path's own from here on. Does not throw. */
  emit(record: LogRecord): void {
    if (this.prepare(record)) this.send(record);
  }

  /** Makes of the record what is to be seen of it; false if nothing is. */
  prepare(record: LogRecord): boolean {
    const { context, maxAttributes, rules, redaction } = this.#options;
    const bound = context.current();
    if (bound !== undefined) addContext(record, bound, maxAttributes);
    if (!rules.apply(record)) return false;
    const { severityNumber } = record;
    if (severityNumber < rules.minimumSeverity() && severityNumber !== 0) {
      if (severityNumber >= this.#trailSeverity) this.#keep(record);
      return false;
    }
    if (severityNumber >= this.#callSiteSeverity) noteCallSite(record);
    redaction?.record(record);
    return true;
  }

  // Who logged it is on the stack now, and not when it is released.
  #keep(record: LogRecord): void {
    if (record.severityNumber >= this.#callSiteSeverity) noteCallSite(record);
    this.#trail?.keep(record);
  }

  /** Lets go of what has been prepared. */
  send(record: LogRecord): void {
    if (record.noise !== undefined) this.#noise ??= this.#createNoise();
    if (this.#noise === undefined) this.#write(record);
    else this.#noise.take(record);
  }

  /** Nothing that was held back stays so, as before a flush. */
  settle(): void {
    this.#noise?.settle();
  }

  /** As `settle`, and from here on nothing is held back. */
  end(): void {
    this.#options.beforeEnd?.();
    this.#noise?.end();
  }

  /** There was no end after all. */
  resume(): void {
    this.#noise?.resume();
  }

  #createNoise(): Noise {
    const { hasFold = false, maxPerSecond = Number.POSITIVE_INFINITY } = this.#options;
    return new Noise({ hasFold, perSecond: maxPerSecond, write: record => this.#write(record) });
  }

  // What led to an error comes before it.
  #write(record: LogRecord): void {
    if (this.#trail !== undefined && record.severityNumber >= ERROR) {
      const { redaction, write } = this.#options;
      this.#trail.release(record, kept => {
        redaction?.record(kept);
        write(kept);
      });
    }
    this.#options.write(record);
  }
}
