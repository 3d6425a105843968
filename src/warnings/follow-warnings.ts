import type { Limits } from '../convert/limits.js';
import type { LogRecord, SpanIds } from '../log-record.js';
import { asOwnWork } from '../own-work.js';
import { type SeverityNumber, WARN } from '../severity.js';
import { processWarnings } from './process-warnings.js';
import { warningRecord } from './warning-record.js';

export interface FollowWarningsOptions {
  readonly limits: Limits;
  readonly clock: { read(): void; readonly high: number; readonly low: number };
  wants(severity: SeverityNumber): boolean;
  activeSpan(): SpanIds | undefined;
  emit(record: LogRecord): void;
}

/** Makes records of the warnings that Node prints past the console: into a file, for instance. */
export function followWarnings(options: FollowWarningsOptions): void {
  const { limits, clock } = options;
  processWarnings.onUntold = ({ warning }) =>
    asOwnWork(() => {
      if (!options.wants(WARN)) return;
      clock.read();
      const span = options.activeSpan();
      const time = { timeHigh: clock.high, timeLow: clock.low, span };
      options.emit(warningRecord(warning, time, { limits }));
    });
}
