import { unusedKey } from '../convert/field-keys.js';
import type { Limits } from '../convert/limits.js';
import { LogFields, type LoggedAt, type LogRecord, namedScope, newRecord } from '../log-record.js';
import type { SeverityNumber } from '../severity.js';
import { type Info, LEVEL, type WinstonLogger } from './info.js';
import { type LoggedInfo, readInfo } from './info-content.js';
import { knownLevel } from './level-cache.js';
import { isOutput } from './outputs.js';

interface TimedInfo extends LoggedInfo, LoggedAt {
  readonly logger: WinstonLogger;
}

interface Options extends Limits {
  /** Whether a record of that severity may be sent. */
  wants(severity: SeverityNumber): boolean;
}

const SCOPE = namedScope('winston');

/** Undefined if winston does not put it out, or nobody wants it. */
export function toRecord(
  call: TimedInfo,
  formatted: Info,
  options: Options,
): LogRecord | undefined {
  const { logger } = call;
  const level = formatted[LEVEL] ?? (formatted === call.info ? formatted.level : undefined);
  const isCrash = formatted.exception === true;
  if (typeof level !== 'string' || !(isCrash || isOutput(logger, level))) return undefined;

  const { severityNumber, name } = knownLevel(level, logger.levels as object);
  if (!options.wants(severityNumber)) return undefined;
  const content = readInfo(call, formatted, options);
  const record = newRecord({ scope: SCOPE, severityNumber, at: call, content });
  record.attributes = withLevel(content.attributes, name, options);
  return record;
}

// A name such as `notice` says more than the severity it becomes.
function withLevel(
  attributes: LogFields | undefined,
  level: string | undefined,
  { maxAttributes }: Limits,
): LogFields | undefined {
  if (level === undefined) return attributes;
  const fields = attributes ?? new LogFields();
  const { keys } = fields;
  if (keys.length < maxAttributes) fields.add(unusedKey(keys, keys.length, 'level'), level);
  return fields;
}
