import { type ContentOptions, readConsoleArguments } from '../convert/console-arguments.js';
import { type AnyFunction, type LogRecord, namedScope, type SpanIds } from '../log-record.js';
import { INFO, type SeverityNumber, severityText, WARN } from '../severity.js';

const SCOPE = namedScope('stdio');

/** One line that was written. */
export interface WrittenLine {
  readonly line: string;
  readonly isCut: boolean;
  readonly iostream: 'stdout' | 'stderr';
  readonly timeHigh: number;
  readonly timeLow: number;
  readonly span: SpanIds | undefined;
  readonly callee: AnyFunction | null;
}

export interface LineOptions {
  readonly limits: ContentOptions;
  wants(severity: SeverityNumber): boolean;
}

/**
 * What is on stderr is worth a look, but as often progress or a hint as an error. A line of JSON says
 * itself how severe it is.
 */
export function lineRecord(written: WrittenLine, options: LineOptions): LogRecord | undefined {
  const { line, iostream } = written;
  const content = readConsoleArguments([line], line, options.limits);
  const severityNumber = content.severityNumber ?? (iostream === 'stdout' ? INFO : WARN);
  if (!options.wants(severityNumber)) return undefined;
  return {
    scope: SCOPE,
    timeUnixNanoHigh: written.timeHigh,
    timeUnixNanoLow: written.timeLow,
    severityNumber,
    severityText: severityText(severityNumber),
    body: content.body,
    attributes: content.attributes,
    exception: content.exception,
    method: undefined,
    iostream,
    span: written.span,
    eventName: undefined,
    isTruncated: content.isTruncated || written.isCut,
    droppedAttributes: content.droppedAttributes,
    callee: written.callee,
    callSite: undefined,
    formerKeys: undefined,
    noise: undefined,
  };
}
