import { noteCallSite } from './call-sites/note-call-site.js';
import { addContext, type LogContext } from './context/log-context.js';
import type { LogRecord } from './log-record.js';
import type { LiveRules } from './rules/live-rules.js';
import type { SeverityNumber } from './severity.js';

export interface RecordPathOptions {
  readonly context: Pick<LogContext, 'current'>;
  readonly maxAttributes: number;
  /** What may be done to a record, and the least severity exported; what has none (0) always is. */
  readonly rules: Pick<LiveRules, 'leastWanted' | 'minimumSeverity' | 'apply'>;
  /** From there on records say where they were logged. Default: none does. */
  readonly callSiteSeverity?: SeverityNumber;
  /** Takes what has come through. Must not throw. */
  write(record: LogRecord): void;
}

/** What every record of one thread passes between the bridge that made it and the pipeline. */
export class RecordPath {
  readonly #options: RecordPathOptions;
  readonly #callSiteSeverity: SeverityNumber;

  constructor(options: RecordPathOptions) {
    this.#options = options;
    this.#callSiteSeverity = options.callSiteSeverity ?? Number.POSITIVE_INFINITY;
  }

  /** Whether a record that a bridge would give this severity may be sent: if not, none need be made. */
  wants(severity: SeverityNumber): boolean {
    return severity >= this.#options.rules.leastWanted() || severity === 0;
  }

  /** Takes a finished record, which is the path's own from here on. Does not throw. */
  emit(record: LogRecord): void {
    if (this.prepare(record)) this.send(record);
  }

  /** Makes of the record what is to be seen of it; false if nothing is. */
  prepare(record: LogRecord): boolean {
    const { context, maxAttributes, rules } = this.#options;
    const bound = context.current();
    if (bound !== undefined) addContext(record, bound, maxAttributes);
    if (!rules.apply(record)) return false;
    const { severityNumber } = record;
    if (severityNumber < rules.minimumSeverity() && severityNumber !== 0) return false;
    if (severityNumber >= this.#callSiteSeverity) noteCallSite(record);
    return true;
  }

  /** Lets go of what has been prepared. */
  send(record: LogRecord): void {
    this.#options.write(record);
  }
}
