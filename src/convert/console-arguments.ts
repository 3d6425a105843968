import { stripVTControlCharacters } from 'node:util';
import type { LogFields, LoggedException } from '../log-record.js';
import { describeException } from './exception.js';
import { parseJsonLine } from './json-line.js';
import { Budget, type Limits } from './limits.js';
import { readFields } from './log-value.js';
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

const ESCAPE = '\u001b';
/** A `%` that `util.format` would act upon. */
const FORMAT_SPECIFIER = /%[sdifjoOc%]/;
/** Ours: a user's field of such a name is kept, under `user.`. */
const RESERVED_PREFIX = /^(?:exception|code|log)\./;

/**
 * @param args As the program passed them.
 * @param printed What the console wrote, without group indentation.
 * @param extra Data the method itself knows: a timer's duration, a table's rows.
 */
export function readConsoleArguments(
  args: readonly unknown[],
  printed: string,
  options: ContentOptions,
  extra?: LogFields,
): ConsoleContent {
  const budget = new Budget(options);
  const first = args[0];
  if (typeof first === 'string' && extra === undefined) {
    if (args.length === 1) return lineContent(first, printed, budget);
    // The two shapes above and below are nearly all there is: they skip the general way.
    if (args.length === 2 && isPlainObject(args[1]) && !first.includes('%')) {
      const attributes = topLevelFields(args[1], budget);
      const body = options.body === 'message' ? first : printed;
      return content(bodyText(body, budget), limitCount(attributes, budget), undefined, budget);
    }
  }

  const exception = findException(args, budget);
  const attributes = collectFields(args, extra, budget);
  const body = options.body === 'message' && isLoggerShape(args) ? (first as string) : printed;
  return content(bodyText(body, budget), attributes, exception, budget);
}

/** One string, then at most one plain object and at most one Error: the way loggers are called. */
function isLoggerShape(args: readonly unknown[]): boolean {
  const message = args[0];
  if (typeof message !== 'string' || args.length > 3) return false;
  if (args.length > 1 && message.includes('%') && FORMAT_SPECIFIER.test(message)) return false;
  let objects = 0;
  let errors = 0;
  for (let i = 1; i < args.length; i++) {
    if (isError(args[i])) errors++;
    else if (isPlainObject(args[i])) objects++;
    else return false;
  }
  return objects <= 1 && errors <= 1;
}

function findException(args: readonly unknown[], budget: Budget): LoggedException | undefined {
  for (const argument of args) {
    if (isError(argument)) return describeException(argument, budget);
  }
  return undefined;
}

function collectFields(
  args: readonly unknown[],
  extra: LogFields | undefined,
  budget: Budget,
): LogFields | undefined {
  let fields = extra;
  for (const argument of args) {
    if (!isPlainObject(argument)) continue;
    const added = topLevelFields(argument, budget);
    fields = fields === undefined ? added : mergeFields(fields, added);
  }
  return fields === undefined ? undefined : limitCount(fields, budget);
}

// Of two fields with one name the later is kept as `name.2`: neither is lost.
function mergeFields(taken: LogFields, added: LogFields): LogFields {
  const keys = new Set(taken.keys);
  for (let i = 0; i < added.keys.length; i++) {
    let key = added.keys[i]!;
    for (let n = 2; keys.has(key); n++) key = `${added.keys[i]}.${n}`;
    keys.add(key);
    taken.add(key, added.values[i]!);
  }
  return taken;
}

function limitCount(fields: LogFields, budget: Budget): LogFields {
  const excess = fields.keys.length - budget.maxAttributes;
  if (excess > 0) {
    fields.keys.length = budget.maxAttributes;
    fields.values.length = budget.maxAttributes;
    budget.droppedAttributes = excess;
    budget.isTruncated = true;
  }
  return fields;
}

function lineContent(line: string, printed: string, budget: Budget): ConsoleContent {
  const json = parseJsonLine(line);
  if (json === undefined) {
    return content(bodyText(printed, budget), undefined, undefined, budget);
  }
  const fields = limitCount(topLevelFields(json.fields, budget), budget);
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
  return kept.includes(ESCAPE) ? stripVTControlCharacters(kept) : kept;
}

function topLevelFields(object: object, budget: Budget): LogFields {
  const fields = readFields(object, budget, []);
  const { keys } = fields;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    if (key.includes('.') && RESERVED_PREFIX.test(key)) keys[i] = `user.${key}`;
  }
  return fields;
}
