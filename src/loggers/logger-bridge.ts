import type { Limits } from '../convert/limits.js';
import type { AnyFunction, LogRecord, Scope, SpanIds } from '../log-record.js';
import { type SeverityNumber, severityText } from '../severity.js';

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

export type Content = Pick<
  LogRecord,
  'body' | 'attributes' | 'exception' | 'isTruncated' | 'droppedAttributes'
>;

export interface LoggedCall {
  readonly scope: Scope;
  readonly moment: Moment;
  readonly severityNumber: SeverityNumber;
  readonly callee: AnyFunction;
  readonly content: Content;
}

export function momentOf({ clock, activeSpan }: LoggerBridgeOptions): Moment {
  clock.read();
  const { high, low } = clock;
  return { high, low, span: activeSpan() };
}

// Not with `NOTHING_MORE`, which takes 7 µs (Node 20): spread, then overwritten, an object has
// no shape that V8 could know, neither here nor where it is read.
export function emitLogged(options: LoggerBridgeOptions, call: LoggedCall): void {
  const { content, moment, severityNumber } = call;
  options.emit({
    scope: call.scope,
    timeUnixNanoHigh: moment.high,
    timeUnixNanoLow: moment.low,
    severityNumber,
    severityText: severityText(severityNumber),
    body: content.body,
    attributes: content.attributes,
    exception: content.exception,
    method: undefined,
    iostream: undefined,
    span: moment.span,
    eventName: undefined,
    isTruncated: content.isTruncated,
    droppedAttributes: content.droppedAttributes,
    callee: call.callee,
    callSite: undefined,
    formerKeys: undefined,
    noise: undefined,
  });
}
