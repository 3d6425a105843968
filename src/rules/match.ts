import type { CallSite } from '../call-sites/call-site.js';
import { charCodeAt, indexOfText, sliceText, startsWith } from '../convert/intrinsics.js';
import type { LogRecord } from '../log-record.js';
import type { Pattern } from './pattern/pattern.js';
import { exec } from './pattern/realm.js';
import type { Match } from './rule.js';

/** What was found of a message: its groups, or that there was none to be found. */
export type Found = ArrayLike<string | undefined>;

const NOTHING_TO_FIND: Found = [];
const FILE_SCHEME = 'file://';
const decode = decodeURIComponent;

/** A record, and what is only looked up when a rule asks for it. */
export interface Subject {
  readonly record: LogRecord;
  /** The beginning of its message; undefined where that is no text. */
  readonly message: string | undefined;
  callSite(): CallSite | undefined;
}

/**
 * Whether the record is one the rule is about, in the order of what it costs to know. Method and level
 * are known to hold. Answers undefined if not.
 */
export function matchRecord(match: Match, subject: Subject): Found | undefined {
  const { record } = subject;
  if (match.scopes !== undefined && !isAmong(match.scopes, record.scope.name)) return undefined;
  if (match.attributes.length > 0 && !hasAttributes(match, record)) return undefined;
  let found: Found | null = NOTHING_TO_FIND;
  if (match.message !== undefined) {
    found = subject.message === undefined ? null : findPattern(match.message, subject.message);
    if (found === null) return undefined;
  }
  if (match.files !== undefined && !isInFiles(match.files, subject.callSite())) return undefined;
  return found;
}

export function findPattern(pattern: Pattern, message: string): RegExpExecArray | null {
  const { literal } = pattern;
  if (literal !== undefined) {
    // Comparing the first characters is all that most rules cost.
    const isThere = literal.isStart
      ? charCodeAt(message, 0) === literal.firstCode && startsWith(message, literal.text)
      : indexOfText(message, literal.text) !== -1;
    if (!isThere) return null;
  }
  return exec(pattern.regExp, message);
}

function hasAttributes({ attributes }: Match, { attributes: fields }: LogRecord): boolean {
  if (fields === undefined) return false;
  for (let i = 0; i < attributes.length; i++) {
    const { key, text } = attributes[i]!;
    const at = indexOf(fields.keys, key);
    if (at === -1 || !hasText(fields.values[at], text)) return false;
  }
  return true;
}

// Whether an id is a number or text is nothing that whoever writes a rule should have to know.
function hasText(value: unknown, text: string): boolean {
  if (typeof value === 'string') return value === text;
  return (typeof value === 'number' || typeof value === 'boolean') && `${value}` === text;
}

function isInFiles(files: readonly RegExp[], callSite: CallSite | undefined): boolean {
  if (callSite === undefined) return false;
  const path = pathOf(callSite.file);
  for (let i = 0; i < files.length; i++) if (exec(files[i]!, path) !== null) return true;
  return false;
}

// ES modules are named by URL.
function pathOf(file: string): string {
  if (!startsWith(file, FILE_SCHEME)) return file;
  const path = sliceText(file, FILE_SCHEME.length);
  if (indexOfText(path, '%') === -1) return path;
  try {
    return decode(path);
  } catch {
    // A name with a percent sign of its own, in a URL that somebody made by hand.
    return path;
  }
}

function isAmong(list: readonly string[], text: string): boolean {
  return indexOf(list, text) !== -1;
}

export function indexOf(list: readonly string[], text: string): number {
  for (let i = 0; i < list.length; i++) if (list[i] === text) return i;
  return -1;
}
