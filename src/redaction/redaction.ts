import { charCodeAt } from '../convert/intrinsics.js';
import type { LogFields, LogRecord } from '../log-record.js';
import { rememberVerdicts } from './key-verdicts.js';
import { WITHHELD } from './mask.js';
import { Redactor } from './redactor.js';
import { SecretNames } from './secret-names.js';
import { createTextRedaction } from './text-redaction.js';

/** A regular expression, or as much of one as is used. */
export interface OwnPattern {
  readonly source: string;
  readonly flags: string;
}

export interface RedactionOptions {
  /** Further names whose strings are secrets. A name that ends with one of their words is one, too. */
  readonly keys?: readonly string[];
  /** Further kinds of secrets, replaced wherever they match. Each is tried on every text. */
  readonly patterns?: readonly OwnPattern[];
  /** Names, as a whole, whose values are left as they are. */
  readonly allowedKeys?: readonly string[];
}

/** Takes secrets out of records before they leave the program's thread. Nothing of it throws. */
export interface Redaction {
  /** Changes the record in place: what it holds is detached from the program's objects. */
  record(record: LogRecord): void;
  /** In place. */
  fields(fields: LogFields): void;
  text(text: string): string;
}

/** Of the class of an error. */
const MAX_NAME_LENGTH = 64;

/** @param current What to redact with. May throw: nothing is let through then. */
export function createRedactionBy(current: () => Redactor): Redaction {
  return {
    record(record) {
      try {
        current().record(record);
      } catch {
        withhold(record);
      }
    },
    fields(fields) {
      try {
        current().fields(fields);
      } catch {
        fields.keys.length = 0;
        fields.values.length = 0;
      }
    },
    text(text) {
      try {
        return current().text(text);
      } catch {
        return WITHHELD;
      }
    },
  };
}

// Built anew while the application runs: nothing here or below uses what it may have replaced.
export function createRedactor(options: RedactionOptions): Redactor {
  const { keys = [], patterns = [], allowedKeys = [] } = options;
  const names = new SecretNames({ keys, allowedKeys });
  const kindOf = (name: string) => names.kindOf(name);
  const texts = createTextRedaction({ keys, patterns, kindOf });
  const verdictOf = rememberVerdicts(key => {
    const redacted = texts.redact(key);
    return { kind: kindOf(key), renamed: redacted === key ? undefined : redacted };
  });
  return new Redactor(texts, verdictOf);
}

// A secret that leaks cannot be taken back; a text that is missing is said.
function withhold(record: LogRecord): void {
  record.body = WITHHELD;
  record.attributes = undefined;
  record.callSite = undefined;
  const { exception } = record;
  if (exception === undefined) return;
  const type = isName(exception.type) ? exception.type : 'Error';
  record.exception = { type, message: WITHHELD };
}

// Not by an expression: that it could be matched is just what failed, perhaps.
function isName(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (!isLetter(charCodeAt(text, i))) return false;
  return text.length <= MAX_NAME_LENGTH;
}

function isLetter(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}
