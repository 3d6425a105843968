import { escapeJson, escapeText } from '../output/escape.js';
import type { ViewedRecord } from './api.js';
import { leaves, toText } from './attributes.js';
import { LEVELS, levelIndex } from './severity.js';

/** SGR codes of each level: grey, cyan, green, yellow, red, magenta. */
const COLOURS = ['90', '36', '32', '33', '31', '35'] as const;
const DIM = '2';
/** Before what continues a line: one of ours begins with a digit. */
const CONTINUED = '\n    ';
/** Shown below the line, or of no use there. */
const HIDDEN =
  /^(?:exception\.(?:type|message|stacktrace)|code\.|log\.(?:template|iostream|record\.uid)$)/;
/** What a body that holds a stack has. */
const FRAME = /\n {4}at /;
const PLAIN = /^[^\s"'=\\]+$/;

/** One record as people read it: nothing logged can act on the terminal. */
export function terminalLine(record: ViewedRecord, hasColours: boolean): string {
  const { severityNumber, severityText, body, service, attributes } = record;
  const level = levelIndex(severityNumber);
  const paint = (text: string, code: string) =>
    hasColours && text !== '' ? `\x1b[${code}m${text}\x1b[0m` : text;
  const label = shortLabel(severityText, level);
  const stack = attributes['exception.stacktrace'];
  const parts = [
    paint(timeOfDay(record.timeUnixNano), DIM),
    paint(label.padEnd(5), COLOURS[level]!),
    paint(oneWord(service ?? ''), DIM),
    indented(escapeText(body || toText(attributes['exception.message'] ?? ''))),
    paint(fieldsText(record), DIM),
  ];
  const line = parts.filter(part => part !== '').join(' ');
  const isShown = stack === undefined || FRAME.test(body);
  return isShown ? line : line + CONTINUED + indented(escapeText(toText(stack)));
}

/** One record as a line of JSON, with its resource. */
export function jsonLine(record: ViewedRecord): string {
  return escapeJson(JSON.stringify(record));
}

// The sender's own word where it is as short as ours.
function shortLabel(severityText: string, level: number): string {
  const text = oneWord(severityText);
  return text.length <= 5 ? text : LEVELS[level]!.toUpperCase();
}

function fieldsText({ attributes, traceId }: ViewedRecord): string {
  const pairs = leaves(attributes)
    .filter(([path]) => !HIDDEN.test(path))
    .map(([path, value]) => `${oneWord(path)}=${oneWord(value)}`);
  return [...pairs, ...(traceId === null ? [] : [`trace_id=${traceId}`])].join(' ');
}

function oneWord(text: string): string {
  return escapeText(text === '' || PLAIN.test(text) ? text : JSON.stringify(text));
}

function indented(text: string): string {
  return text.replaceAll('\n', CONTINUED);
}

function timeOfDay(timeUnixNano: string): string {
  const date = new Date(Number(BigInt(timeUnixNano) / 1_000_000n));
  const parts = [date.getHours(), date.getMinutes(), date.getSeconds()];
  const time = parts.map(part => String(part).padStart(2, '0')).join(':');
  return `${time}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
