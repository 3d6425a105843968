import { unusedKey } from '../convert/field-keys.js';
import { upperCase } from '../convert/intrinsics.js';
import type { Limits } from '../convert/limits.js';
import { type AnyFunction, LogFields, type LogRecord, namedScope } from '../log-record.js';
import { type SeverityNumber, severityText } from '../severity.js';
import { type Info, LEVEL, type WinstonLogger } from './info.js';
import { type LoggedInfo, readInfo } from './info-content.js';
import { knownSeverity } from './level-cache.js';

interface TimedInfo extends LoggedInfo {
  readonly logger: WinstonLogger;
  readonly timeHigh: number;
  readonly timeLow: number;
  readonly callee: AnyFunction | null;
}

interface Options {
  readonly limits: Limits;
  isOutput(logger: WinstonLogger, level: unknown): boolean;
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
  if (typeof level !== 'string' || !(isCrash || options.isOutput(logger, level))) return undefined;

  const severityNumber = knownSeverity(level, logger.levels as object);
  if (!options.wants(severityNumber)) return undefined;
  const text = severityText(severityNumber);
  const content = readInfo(call, formatted, options.limits);
  return {
    scope: SCOPE,
    timeUnixNanoHigh: call.timeHigh,
    timeUnixNanoLow: call.timeLow,
    severityNumber,
    severityText: text,
    body: content.body,
    attributes: withLevel(content.attributes, level, text, options.limits),
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
  level: string,
  text: string,
  { maxAttributes }: Limits,
): LogFields | undefined {
  if (upperCase(level) === text) return attributes;
  const fields = attributes ?? new LogFields();
  const { keys } = fields;
  if (keys.length < maxAttributes) fields.add(unusedKey(keys, keys.length, 'level'), level);
  return fields;
}
