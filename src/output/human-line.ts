import { hasKey } from '../convert/field-keys.js';
import { execPattern, indexOfText, sliceText, startsWith } from '../convert/intrinsics.js';
import { LogFields, type LogRecord, type LogValue } from '../log-record.js';
import { escapeText } from './escape.js';
import { jsonValue, quoted } from './json-text.js';
import { type LevelName, levelName } from './level-name.js';
import { ownFields } from './record-fields.js';
import { localTime } from './timestamp.js';

export interface HumanLineOptions {
  /** Of the console's groups. */
  readonly indentation: string;
  readonly hasColours: boolean;
  /** Attributes the message shows already; undefined: it shows none, and no exception. */
  readonly shownKeys: readonly string[] | undefined;
}

const LABELS: Readonly<Record<LevelName, string>> = {
  trace: 'TRACE',
  debug: 'DEBUG',
  info: 'INFO ',
  warn: 'WARN ',
  error: 'ERROR',
  fatal: 'FATAL',
};
/** SGR codes: grey, cyan, green, yellow, red, magenta. */
const COLOURS: Readonly<Record<LevelName, string>> = {
  trace: '90',
  debug: '36',
  info: '32',
  warn: '33',
  error: '31',
  fatal: '35',
};
/** Before what continues a line: one of ours begins with a digit, so nothing logged looks like one. */
const CONTINUED = '\n    ';
const NO_FIELDS = new LogFields();
/** What the stack of an exception shows. */
const IN_STACK = ['exception.type', 'exception.message', 'exception.stacktrace'];
/** What the console shows where it prints one. */
const IN_TEXT = [...IN_STACK, 'error.code'];
/** What needs no quotes to be told from what surrounds it. */
const PLAIN = /^[^\s"'=\\{}[\]]+$/;

/** A record for people: `time LEVEL message key=value`, then its stack, indented. */
export function humanLine(record: LogRecord, options: HumanLineOptions): string {
  const { hasColours, indentation } = options;
  const level = levelName(record.severityNumber);
  const time = coloured(localTime(record), '2', hasColours);
  const label = coloured(LABELS[level], COLOURS[level], hasColours);
  const message = `${indentation}${messageText(record.body)}`;
  const context = contextText(record, options);
  const start = `${time} ${label} ${indented(message, indentation)}`;
  const line = context === '' ? start : `${start}${coloured(context, '2', hasColours)}`;
  const stack = options.shownKeys === undefined ? record.exception?.stacktrace : undefined;
  return stack === undefined
    ? line
    : `${line}${CONTINUED}${indentation}${indented(escapeText(stack), indentation)}`;
}

/** What is left to be said where no record could be made. */
export function bareHumanLine(printed: string, level: LevelName): string {
  return `${LABELS[level]} ${indented(escapeText(printed), '')}`;
}

function messageText(body: LogValue | undefined): string {
  if (body === undefined) return '';
  return escapeText(typeof body === 'string' ? body : jsonValue(body));
}

/** Every field as ` key=value`, without those the message or the stack shows. */
function contextText(record: LogRecord, { shownKeys }: HumanLineOptions): string {
  const own = ownFields(record);
  const text =
    pairs(record.attributes ?? NO_FIELDS, shownKeys ?? []) +
    pairs(own, shownKeys === undefined ? IN_STACK : IN_TEXT);
  return record.span === undefined ? text : `${text} trace_id=${record.span.traceId}`;
}

function pairs({ keys, values }: LogFields, shown: readonly string[]): string {
  let text = '';
  for (let i = 0; i < keys.length; i++) {
    const value = values[i]!;
    if (hasKey(shown, keys[i]!) || isForMachines(keys[i]!)) continue;
    text += ` ${word(keys[i]!)}=${typeof value === 'string' ? word(value) : jsonValue(value)}`;
  }
  return text;
}

// What groups lines and finds their source is in the record; a stack says the latter to people.
function isForMachines(key: string): boolean {
  return key === 'log.template' || startsWith(key, 'code.');
}

function word(text: string): string {
  return execPattern(PLAIN, text) === null ? quoted(text) : escapeText(text);
}

function indented(text: string, indentation: string): string {
  let rest = text;
  let lines = '';
  for (let at = indexOfText(rest, '\n'); at !== -1; at = indexOfText(rest, '\n')) {
    lines += sliceText(rest, 0, at) + CONTINUED + indentation;
    rest = sliceText(rest, at + 1);
  }
  return lines + rest;
}

function coloured(text: string, code: string, hasColours: boolean): string {
  return hasColours ? `\x1b[${code}m${text}\x1b[0m` : text;
}
