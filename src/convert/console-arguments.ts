import { LogFields, type LoggedException } from '../log-record.js';
import { claimException } from './exception.js';
import { errorFields, furtherFields, instanceFields, topLevelFields } from './fields.js';
import { indexOfText } from './intrinsics.js';
import { type JsonLine, parseJsonLine } from './json-line.js';
import { Budget, cutText, type Limits, MAX_BODY_LENGTH } from './limits.js';
import { isError, isPlainData } from './objects.js';
import { isInstance } from './opaque-text.js';
import { plainText } from './plain-text.js';

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

/** What `util.format` acts upon after a `%`. */
const FORMAT_SPECIFIERS = 'sdifjoOc%';

export type AddFields = (fields: LogFields, budget: Budget) => void;

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
  const first = args[0];
  if (args.length === 1 && typeof first === 'string' && addExtra === undefined) {
    const json = parseJsonLine(first);
    return json === undefined ? textContent(printed) : jsonContent(json, first, options);
  }

  const budget = new Budget(options, true);
  // The way loggers are mostly called, without the detours of the general way.
  const second = args[1];
  if (args.length === 2 && addExtra === undefined && isMessage(first) && isPlainData(second)) {
    const fields = topLevelFields(second, budget);
    return options.body === 'message' && !budget.isPrintedFuller
      ? content(first, fields, budget)
      : content(printed, withTemplate(fields, first, budget), budget);
  }

  claimFirstError(args, budget);
  const fields = collectFields(args, addExtra, budget);
  const isMessageBody =
    options.body === 'message' && !budget.isPrintedFuller && isLoggerShape(args);
  if (isMessageBody) return content(first as string, fields, budget);
  const isTemplate = addExtra === undefined && args.length > 1 && first !== printed;
  return isTemplate && isMessageOrTemplate(args)
    ? content(printed, withTemplate(fields, first as string, budget), budget)
    : content(printed, fields, budget);
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
    else if (isPlainData(args[i])) objects++;
    else return false;
  }
  return objects <= 1 && errors <= 1;
}

/** Whether the first argument is the part that calls from one place have in common. */
function isMessageOrTemplate(args: readonly unknown[]): boolean {
  const first = args[0];
  return typeof first === 'string' && (hasFormatSpecifier(first) || isLoggerShape(args));
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

// No field of the program has that name: they are under `user.` then.
function withTemplate(fields: LogFields | undefined, template: string, budget: Budget): LogFields {
  const all = fields ?? new LogFields();
  all.add('log.template', budget.text(plainText(template)));
  return all;
}

function claimFirstError(args: readonly unknown[], budget: Budget): void {
  for (let i = 0; i < args.length; i++) {
    const argument = args[i];
    if (isError(argument)) {
      claimException(argument, budget);
      return;
    }
  }
}

// What the program added to its error comes last: the names of the others are what it chose for the
// record.
function collectFields(
  args: readonly unknown[],
  addExtra: AddFields | undefined,
  budget: Budget,
): LogFields | undefined {
  const fields = new LogFields();
  const { error } = budget;
  if (addExtra !== undefined) addExtra(fields, budget);
  for (let i = 0; i < args.length; i++) {
    const argument = args[i];
    if (isPlainData(argument)) furtherFields(argument, budget, fields);
    else if (isInstance(argument)) instanceFields(argument, budget, fields);
  }
  if (error !== undefined) errorFields(error, budget, fields);
  return fields.keys.length > 0 ? fields : undefined;
}

/** Of the commonest call there is: a text alone. */
function textContent(printed: string): ConsoleContent {
  return {
    body: plainText(cutText(printed, MAX_BODY_LENGTH)),
    attributes: undefined,
    exception: undefined,
    severityNumber: undefined,
    isTruncated: printed.length > MAX_BODY_LENGTH,
    droppedAttributes: 0,
  };
}

function jsonContent(json: JsonLine, line: string, limits: Limits): ConsoleContent {
  const budget = new Budget(limits, true);
  const fields = topLevelFields(json.fields, budget);
  return {
    ...content(json.message ?? line, fields, budget),
    severityNumber: json.severityNumber,
  };
}

function content(body: string, attributes: LogFields | undefined, budget: Budget): ConsoleContent {
  return {
    body: plainText(budget.longText(body)),
    attributes,
    exception: budget.exception,
    severityNumber: undefined,
    isTruncated: budget.isTruncated,
    droppedAttributes: budget.droppedAttributes,
  };
}
