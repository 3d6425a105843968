import { stripVTControlCharacters } from 'node:util';
import { LogFields, type LoggedException } from '../log-record.js';
import { describeException } from './exception.js';
import { indexOfText } from './intrinsics.js';
import { parseJsonLine } from './json-line.js';
import { Budget, type Limits } from './limits.js';
import { topLevelFields } from './log-value.js';
import { isError, isPlainObject } from './objects.js';

/** What a console call says, apart from when and how loud. */
export interface ConsoleContent {
  readonly body: string;
  readonly attributes: LogFields | undefined;
  readonly exception: LoggedException | undefined;
  /** As a JSON line names it; undefined leaves it to the method. */
  readonly severityNumber: number | undefined;
  readonly isTruncated: boolean;
  readonly droppedAttributes: number;
}

export interface ContentOptions extends Limits {
  readonly body: 'message' | 'full';
}

type AddFields = (fields: LogFields, budget: Budget) => void;

const ESCAPE = '\u001b';
/** What `util.format` acts upon after a `%`. */
const FORMAT_SPECIFIERS = 'sdifjoOc%';
const stripEscapes = stripVTControlCharacters;

/**
 * @param args As the program passed them.
 * @param printed What the console wrote, without group indentation.
 * @param addExtra Adds what the method itself knows: a timer's duration, a table's rows.
 */
export function readConsoleArguments(
  args: readonly unknown[],
  printed: string,
  options: ContentOptions,
  addExtra?: AddFields,
): ConsoleContent {
  const budget = new Budget(options);
  const first = args[0];
  if (args.length === 1 && typeof first === 'string' && addExtra === undefined) {
    const json = parseJsonLine(first);
    if (json !== undefined) return jsonContent(json, first, budget);
    return content(bodyText(printed, budget), undefined, undefined, budget);
  }

  // The way loggers are mostly called, without the detours of the general way.
  const second = args[1];
  if (args.length === 2 && addExtra === undefined && isMessage(first) && isPlainObject(second)) {
    const fields = topLevelFields(second, budget);
    const text = options.body === 'message' ? first : printed;
    return content(bodyText(text, budget), fields, undefined, budget);
  }

  const exception = findException(args, budget);
  const attributes = collectFields(args, addExtra, budget);
  const body = options.body === 'message' && isLoggerShape(args) ? (first as string) : printed;
  return content(bodyText(body, budget), attributes, exception, budget);
}

/** One string, then at most one plain object and at most one Error: the way loggers are called. */
function isLoggerShape(args: readonly unknown[]): boolean {
  const message = args[0];
  if (typeof message !== 'string' || args.length > 3) return false;
  if (args.length > 1 && hasFormatSpecifier(message)) return false;
  let objects = 0;
  let errors = 0;
  for (let i = 1; i < args.length; i++) {
    if (isError(args[i])) errors++;
    else if (isPlainObject(args[i])) objects++;
    else return false;
  }
  return objects <= 1 && errors <= 1;
}

function isMessage(value: unknown): value is string {
  return typeof value === 'string' && indexOfText(value, '%') === -1;
}

function hasFormatSpecifier(text: string): boolean {
  for (let at = indexOfText(text, '%'); at !== -1; at = indexOfText(text, '%', at + 1)) {
    const next = text[at + 1];
    if (next !== undefined && indexOfText(FORMAT_SPECIFIERS, next) !== -1) return true;
  }
  return false;
}

function findException(args: readonly unknown[], budget: Budget): LoggedException | undefined {
  for (let i = 0; i < args.length; i++) {
    const argument = args[i];
    if (isError(argument)) return describeException(argument, budget);
  }
  return undefined;
}

function collectFields(
  args: readonly unknown[],
  addExtra: AddFields | undefined,
  budget: Budget,
): LogFields | undefined {
  let fields: LogFields | undefined;
  if (addExtra !== undefined) {
    fields = new LogFields();
    addExtra(fields, budget);
  }
  for (let i = 0; i < args.length; i++) {
    const argument = args[i];
    if (!isPlainObject(argument)) continue;
    fields = topLevelFields(argument, budget, fields);
  }
  return fields;
}

function jsonContent(
  json: NonNullable<ReturnType<typeof parseJsonLine>>,
  line: string,
  budget: Budget,
): ConsoleContent {
  const fields = topLevelFields(json.fields, budget);
  return {
    ...content(bodyText(json.message ?? line, budget), fields, undefined, budget),
    severityNumber: json.severityNumber,
  };
}

function content(
  body: string,
  attributes: LogFields | undefined,
  exception: LoggedException | undefined,
  budget: Budget,
): ConsoleContent {
  return {
    body,
    attributes,
    exception,
    severityNumber: undefined,
    isTruncated: budget.isTruncated,
    droppedAttributes: budget.droppedAttributes,
  };
}

function bodyText(text: string, budget: Budget): string {
  const kept = budget.longText(text);
  return indexOfText(kept, ESCAPE) === -1 ? kept : stripEscapes(kept);
}
