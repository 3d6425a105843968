import type { LogFields, LogRecord } from '../log-record.js';
import { rememberVerdicts } from './key-verdicts.js';
import { Redactor } from './redactor.js';
import { SecretNames } from './secret-names.js';
import { createTextRedaction } from './text-redaction.js';

export interface RedactionOptions {
  /** Further names whose strings are secrets. A name that ends with one of their words is one, too. */
  readonly keys?: readonly string[];
  /** Further kinds of secrets, replaced wherever they match. Each is tried on every text. */
  readonly patterns?: readonly RegExp[];
  /** Names, as a whole, whose values are left as they are. */
  readonly allowedKeys?: readonly string[];
}

/** Takes secrets out of records before they leave the program's thread. */
export interface Redaction {
  /** Changes the record in place: what it holds is detached from the program's objects. Does not throw. */
  record(record: LogRecord): void;
  /** In place. */
  fields(fields: LogFields): void;
  text(text: string): string;
}

/** What a record becomes that could not be looked through. */
const WITHHELD = '[REDACTED: this text could not be looked through]';

export function createRedaction(options: RedactionOptions = {}): Redaction {
  const redactor = build(options);
  return {
    record(record) {
      try {
        redactor.record(record);
      } catch {
        withhold(record);
      }
    },
    fields: fields => redactor.fields(fields),
    text: text => redactor.text(text),
  };
}

function build({ keys = [], patterns = [], allowedKeys = [] }: RedactionOptions): Redactor {
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
  const { exception } = record;
  if (exception !== undefined) record.exception = { type: exception.type, message: WITHHELD };
}
