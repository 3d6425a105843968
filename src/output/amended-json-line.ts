import { execPattern, hasOwn, objectKeys, parseJson, sliceText } from '../convert/intrinsics.js';
import type { LogRecord } from '../log-record.js';
import { escapeJson } from './escape.js';
import { jsonValue, quoted } from './json-text.js';

/** Under any of these a logger has named the trace, and so the span, itself. */
const TRACE_KEYS = [
  'trace_id',
  'traceId',
  'traceID',
  'trace.id',
  'trace',
  'TraceId',
  'dd',
  'dd.trace_id',
  'logging.googleapis.com/trace',
] as const;
/** JSON has no line breaks within strings: between them they mean nothing. */
const BREAK = /[\r\n][ \t\r\n]*/;

/** Longer ones are text like any other: nobody reads a line like that, and to parse it takes time. */
const MAX_LENGTH = 1024 * 1024;

/** What `text` holds if it is one JSON object. */
export function parseJsonObject(text: string): object | undefined {
  if (text[0] !== '{' || text[text.length - 1] !== '}' || text.length > MAX_LENGTH)
    return undefined;
  try {
    return parseJson(text);
  } catch {
    // Text in braces, not JSON.
    return undefined;
  }
}

/**
 * A line that is one JSON object already, with what the record knows and the line does not say: the
 * span, and what was added to the record as attributes. The rest stays as it was, to the digit.
 *
 * @param addedFrom The first attribute that did not come from the line.
 */
export function amendedJsonLine(
  { text, parsed }: { readonly text: string; readonly parsed: object },
  record: LogRecord,
  addedFrom: number,
): string {
  const added = spanMembers(record, parsed) + attributeMembers(record, parsed, addedFrom);
  const line = onOneLine(escapeJson(text));
  if (added === '') return line;
  const isEmpty = objectKeys(parsed).length === 0;
  return `${sliceText(line, 0, line.length - 1)}${isEmpty ? sliceText(added, 1) : added}}`;
}

function spanMembers({ span }: LogRecord, parsed: object): string {
  if (span === undefined) return '';
  for (let i = 0; i < TRACE_KEYS.length; i++) if (hasOwn(parsed, TRACE_KEYS[i]!)) return '';
  const spanId = hasOwn(parsed, 'span_id') ? '' : `,"span_id":"${span.spanId}"`;
  return `,"trace_id":"${span.traceId}"${spanId}`;
}

function attributeMembers(record: LogRecord, parsed: object, addedFrom: number): string {
  if (record.attributes === undefined) return '';
  const { keys, values } = record.attributes;
  let text = '';
  for (let i = addedFrom; i < keys.length; i++) {
    const isSpanId = keys[i] === 'trace_id' || keys[i] === 'span_id';
    if (isSpanId && record.span !== undefined) continue;
    if (!hasOwn(parsed, keys[i]!)) text += `,${quoted(keys[i]!)}:${jsonValue(values[i]!)}`;
  }
  return text;
}

function onOneLine(json: string): string {
  let rest = json;
  let line = '';
  for (let match = execPattern(BREAK, rest); match !== null; match = execPattern(BREAK, rest)) {
    line += sliceText(rest, 0, match.index);
    rest = sliceText(rest, match.index + match[0].length);
  }
  return line + rest;
}
