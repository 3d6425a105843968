import { isReserved } from '../convert/field-keys.js';
import { isNaNumber } from '../convert/intrinsics.js';
import { cutText, type Limits } from '../convert/limits.js';
import { LogFields, type LogRecord } from '../log-record.js';
import { FATAL, severityText } from '../severity.js';
import { type Found, findPattern, indexOf, type Subject } from './match.js';
import type { Actions, Extracted, Rule } from './rule.js';
import { isKept } from './sample.js';

const toNumber = Number;

/** Does to the record what the rule says. Answers whether it is kept. */
export function applyActions(rule: Rule, subject: Subject, found: Found, limits: Limits): boolean {
  const { actions } = rule;
  const { record } = subject;
  if (actions.share !== undefined && !mayStay(rule, record, actions.share)) return false;
  for (let i = 0; i < actions.rename.length; i++) {
    const { from, to } = actions.rename[i]!;
    rename(record, from, to);
  }
  for (let i = 0; i < actions.extract.length; i++) {
    const { pattern, groups } = actions.extract[i]!;
    const groupsFound = pattern === undefined ? found : foundOf(subject, pattern);
    if (groupsFound !== null) extract(record, groups, groupsFound, limits);
  }
  for (let i = 0; i < actions.add.length; i++) {
    const { key, value } = actions.add[i]!;
    addAttribute(record, key, value, limits);
  }
  applyMarks(record, actions);
  return true;
}

/** Adds an attribute unless there is one of that name: the program's own say more than a rule. */
export function addAttribute(
  record: LogRecord,
  key: string,
  value: string | number | boolean,
  limits: Limits,
): void {
  const name = isReserved(key) ? `user.${key}` : key;
  record.attributes ??= new LogFields();
  const fields = record.attributes;
  if (indexOf(fields.keys, name) !== -1) return;
  if (fields.keys.length >= limits.maxAttributes) {
    record.droppedAttributes = (record.droppedAttributes ?? 0) + 1;
    record.isTruncated = true;
    return;
  }
  if (typeof value !== 'string' || value.length <= limits.maxValueLength) fields.add(name, value);
  else {
    record.isTruncated = true;
    fields.add(name, cutText(value, limits.maxValueLength));
  }
}

function mayStay({ meansFatal }: Rule, record: LogRecord, share: number): boolean {
  return (record.severityNumber >= FATAL && !meansFatal) || isKept(record.span, share);
}

function applyMarks(record: LogRecord, { severity, noise }: Actions): void {
  if (severity !== undefined) {
    record.severityNumber = severity;
    record.severityText = severityText(severity);
  }
  if (noise !== undefined) record.noise = noise;
}

function foundOf({ message }: Subject, pattern: Parameters<typeof findPattern>[0]): Found | null {
  return message === undefined ? null : findPattern(pattern, message);
}

function extract(
  record: LogRecord,
  groups: readonly Extracted[],
  found: Found,
  limits: Limits,
): void {
  for (let i = 0; i < groups.length; i++) {
    const { key, index, isNumber } = groups[i]!;
    const text = found[index];
    if (text === undefined) continue;
    const number = isNumber ? toNumber(text) : Number.NaN;
    addAttribute(record, key, isNaNumber(number) ? text : number, limits);
  }
}

function rename({ attributes }: LogRecord, from: string, to: string): void {
  if (attributes === undefined || indexOf(attributes.keys, to) !== -1) return;
  const at = indexOf(attributes.keys, from);
  if (at !== -1) attributes.keys[at] = to;
}
