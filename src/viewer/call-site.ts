import type { AttributeValue } from './api.js';
import { type Attributes, toStorable, toText } from './attributes.js';

/** What counts as one place that logs: a line of source where it is known, else texts that look alike. */
export interface Site {
  readonly file: string | null;
  readonly line: number | null;
  readonly functionName: string | null;
  readonly pattern: string;
  readonly severityText: string;
}

interface Described {
  readonly body: string;
  readonly attributes: Attributes;
  readonly severityText: string;
}

const MAX_PATTERN = 200;
const MAX_NAME = 1000;

export function siteOf({ body, attributes, severityText }: Described): Site {
  const template = attributes['log.template'];
  const file = attributes['code.file.path'];
  const line = Number(attributes['code.line.number'] ?? Number.NaN);
  const functionName = attributes['code.function.name'];
  return {
    file: shortText(file),
    line: Number.isSafeInteger(line) ? line : null,
    functionName: shortText(functionName),
    pattern:
      template === undefined ? toPattern(body) : toStorable(toText(template).slice(0, MAX_PATTERN)),
    severityText,
  };
}

function shortText(value: AttributeValue | undefined): string | null {
  return value === undefined ? null : toStorable(toText(value).slice(0, MAX_NAME));
}

/** Two records with one key were logged by one place. */
export function siteKey({ file, line, functionName, pattern, severityText }: Site): string {
  const place = file === null ? [pattern] : [file, line, functionName];
  return JSON.stringify([severityText, ...place]);
}

/** The first line with everything that differs from call to call replaced, so that it can be counted. */
export function toPattern(body: string): string {
  const [line] = body.slice(0, MAX_PATTERN * 2).split('\n', 1);
  const named = line!.replace(UUID, '<id>').replace(HEX, '<id>');
  return toStorable(named.replace(NUMBER, '<n>').slice(0, MAX_PATTERN));
}

// Underscores may come before and after: `req_8f0c…` is an id, too.
const UUID = /(?<![a-z\d])[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}(?![a-z\d])/gi;
// Words such as `dead8eef` or `0x7f`: with a letter and a digit in them.
const HEX = /(?<![a-z\d])(?:0x[\da-f]+|(?=[a-f]*\d)(?=\d*[a-f])[\da-f]{8,})(?![a-z\d])/gi;
const NUMBER = /\d+(?:[.,:]\d+)*/g;
