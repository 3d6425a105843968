import { type ContentOptions, readConsoleArguments } from '../convert/console-arguments.js';
import { type LoggedAt, type LogRecord, namedScope, newRecord } from '../log-record.js';
import { INFO, type SeverityNumber, WARN } from '../severity.js';

const SCOPE = namedScope('stdio');

/** One line that was written. */
export interface WrittenLine extends LoggedAt {
  readonly line: string;
  readonly isCut: boolean;
  readonly iostream: 'stdout' | 'stderr';
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
  const record = newRecord({ scope: SCOPE, severityNumber, at: written, content });
  record.iostream = iostream;
  if (written.isCut) record.isTruncated = true;
  return record;
}
