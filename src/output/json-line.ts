import { LogFields, type LogRecord } from '../log-record.js';
import { jsonValue, quoted } from './json-text.js';
import { type LevelName, levelName } from './level-name.js';
import { fieldName, ownFields } from './record-fields.js';
import { isoTimestamp } from './timestamp.js';

const NO_FIELDS = new LogFields();

/**
 * A record as one JSON object on one line, no key of which occurs twice.
 *
 * @param level As a logger has named it.
 */
export function jsonLine(
  record: LogRecord,
  service: string | undefined,
  level: string = levelName(record.severityNumber),
): string {
  const { span, attributes = NO_FIELDS } = record;
  let line = `{"timestamp":"${isoTimestamp(record)}","level":${quoted(level)}`;
  line += `,"message":${jsonValue(record.body ?? '')}`;
  const taken = ['timestamp', 'level', 'message'];
  if (service !== undefined) {
    line += `,"service":${quoted(service)}`;
    taken[taken.length] = 'service';
  }
  if (span !== undefined) {
    line += `,"trace_id":"${span.traceId}","span_id":"${span.spanId}"`;
    taken[taken.length] = 'trace_id';
    taken[taken.length] = 'span_id';
  }
  const { keys, values } = attributes;
  for (let i = 0; i < keys.length; i++) {
    line += `,${quoted(fieldName(keys[i]!, attributes, taken))}:${jsonValue(values[i]!)}`;
  }
  return `${line}${members(ownFields(record))}}`;
}

/** What is left to be said where no record could be made. */
export function bareJsonLine(printed: string, level: LevelName): string {
  return `{"level":"${level}","message":${quoted(printed)}}`;
}

function members({ keys, values }: LogFields): string {
  let text = '';
  for (let i = 0; i < keys.length; i++) text += `,${quoted(keys[i]!)}:${jsonValue(values[i]!)}`;
  return text;
}
