import { unusedKey } from '../convert/field-keys.js';
import type { Limits } from '../convert/limits.js';
import { type AnyFunction, LogFields, type LogRecord, namedScope } from '../log-record.js';
import type { SeverityNumber } from '../severity.js';
import { type Info, LEVEL, type WinstonLogger } from './info.js';
import { type LoggedInfo, readInfo } from './info-content.js';
import { knownLevel } from './level-cache.js';
import { isOutput } from './outputs.js';

interface TimedInfo extends LoggedInfo {
  readonly logger: WinstonLogger;
  readonly timeHigh: number;
  readonly timeLow: number;
  readonly callee: AnyFunction | null;
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

  const { severityNumber, severityText, name } = knownLevel(level, logger.levels as object);
  if (!options.wants(severityNumber)) return undefined;
  const content = readInfo(call, formatted, options);
  return {
    scope: SCOPE,
    timeUnixNanoHigh: call.timeHigh,
    timeUnixNanoLow: call.timeLow,
    severityNumber,
    severityText,
    body: content.body,
    attributes: withLevel(content.attributes, name, options),
    exception: content.exception,
    method: undefined,
    iostream: undefined,
    span: call.span,
    eventName: undefined,
    isTruncated: content.isTruncated,
    droppedAttributes: content.droppedAttributes,
    callee: call.callee,
    callSite: undefined,
    formerKeys: undefined,
    noise: undefined,
  };
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
