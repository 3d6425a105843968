import type { Limits } from '../convert/limits.js';
import {
  type AnyFunction,
  type LoggedContent,
  type LogRecord,
  newRecord,
  type Scope,
  type SpanIds,
} from '../log-record.js';
import type { SeverityNumber } from '../severity.js';

/** What bridges of loggers need of the rest. None of these may throw. */
export interface LoggerBridgeOptions extends Limits {
  /** Whether somebody watches what is written to the process's streams. */
  readonly hasStdio: boolean;
  readonly clock: { read(): void; readonly high: number; readonly low: number };
  wants(severity: SeverityNumber): boolean;
  activeSpan(): SpanIds | undefined;
  emit(record: LogRecord): void;
}

/** When something was logged, and under which span. */
export interface Moment {
  readonly high: number;
  readonly low: number;
  readonly span: SpanIds | undefined;
}

export interface LoggedCall {
  readonly scope: Scope;
  readonly moment: Moment;
  readonly severityNumber: SeverityNumber;
  readonly callee: AnyFunction;
  readonly content: LoggedContent;
}

export function momentOf({ clock, activeSpan }: LoggerBridgeOptions): Moment {
  clock.read();
  const { high, low } = clock;
  return { high, low, span: activeSpan() };
}

export function emitLogged(options: LoggerBridgeOptions, call: LoggedCall): void {
  const { scope, severityNumber, content, callee } = call;
  const { high, low, span } = call.moment;
  const at = { timeHigh: high, timeLow: low, span, callee };
  options.emit(newRecord({ scope, severityNumber, at, content }));
}
