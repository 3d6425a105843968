import type { CallSite } from '../call-sites/call-site.js';
import { unusedKey } from '../convert/field-keys.js';
import { indexOfText, isArray, sliceText } from '../convert/intrinsics.js';
import {
  isLogFields,
  type LogFields,
  type LoggedException,
  type LogRecord,
  type LogValue,
} from '../log-record.js';
import { hasColumn, WITHHELD_TABLE, withoutCells } from './drawn-table.js';
import type { KeyVerdict } from './key-verdicts.js';
import { REDACTED } from './mask.js';
import { MIN_TEXT_LENGTH } from './precheck.js';
import type { NameKind } from './secret-names.js';
import type { TextRedaction } from './text-redaction.js';

/** Shorter keys hold no secret themselves, unless the user's patterns say what one is. */
const MIN_SECRET_KEY_LENGTH = 15;
/** Longer lists are no entries or headers. */
const MAX_PAIRED_ITEMS = 256;

/** Goes through records, and changes them in place. */
export class Redactor {
  readonly #texts: TextRedaction;
  readonly #verdictOf: (key: string) => KeyVerdict;
  readonly #minKeyLength: number;
  /** Of the record that is gone through: something in it may have been cut. */
  #isCut = false;
  /** What a name gave away in it, if that is to be known. */
  #named: string[] | undefined;

  constructor(texts: TextRedaction, verdictOf: (key: string) => KeyVerdict) {
    this.#texts = texts;
    this.#verdictOf = verdictOf;
    this.#minKeyLength = texts.minLength < MIN_TEXT_LENGTH ? 1 : MIN_SECRET_KEY_LENGTH;
  }

  record(record: LogRecord): void {
    const { attributes, body, exception } = record;
    this.#isCut = record.isTruncated === true;
    if (record.method === 'table') this.#named = [];
    else if (this.#named !== undefined) this.#named = undefined;
    if (attributes !== undefined) this.#fields(attributes);
    const { formerKeys } = record;
    if (formerKeys !== undefined && attributes !== undefined) this.#renamed(attributes, formerKeys);
    if (typeof body === 'string') {
      record.body = this.#named === undefined ? this.#text(body) : this.#table(body, this.#named);
    } else if (body !== undefined) record.body = this.#plain(body);
    if (exception !== undefined) record.exception = this.#exception(exception);
    if (record.callSite !== undefined) record.callSite = this.#callSite(record.callSite);
  }

  text(text: string): string {
    this.#isCut = false;
    return this.#text(text);
  }

  fields(fields: LogFields): void {
    this.#isCut = false;
    this.#named = undefined;
    this.#fields(fields);
  }

  #text(text: string): string {
    if (this.#isCut) return this.#texts.redactCut(text);
    return text.length < this.#texts.minLength ? text : this.#texts.redact(text);
  }

  #table(body: string, named: readonly string[]): string {
    const isSecret = (name: string) => isNamed(this.#verdictOf(name).kind);
    const left = withoutCells(body, named);
    if (left === undefined || (this.#isCut && hasColumn(body, isSecret))) return WITHHELD_TABLE;
    return this.#text(left);
  }

  #fields({ keys, values }: LogFields): void {
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!;
      const value = values[i]!;
      const isText = typeof value === 'string';
      if (!isText && typeof value !== 'object' && key.length < this.#minKeyLength) continue;
      const { kind, renamed } = this.#verdictOf(key);
      if (renamed !== undefined) keys[i] = unusedKey(keys, keys.length, renamed);
      if (kind !== 'plain') values[i] = this.#namedValue(value, kind);
      else if (isText) values[i] = this.#text(value);
      else values[i] = this.#plain(value);
    }
  }

  // What had a secret's name before a rule gave it another one.
  #renamed({ values }: LogFields, formerKeys: readonly (string | undefined)[]): void {
    for (let i = 0; i < formerKeys.length; i++) {
      const key = formerKeys[i];
      if (key !== undefined) values[i] = this.#namedValue(values[i]!, this.#verdictOf(key).kind);
    }
  }

  #plain(value: LogValue): LogValue {
    if (typeof value === 'string') return this.#text(value);
    if (isArray(value)) this.#list(value as LogValue[]);
    else if (isLogFields(value)) this.#fields(value);
    return value;
  }

  // Names and their values in turn, perhaps; or arguments of a command, of which some are named.
  #list(items: LogValue[]): void {
    const isPaired = items.length % 2 === 0 && items.length <= MAX_PAIRED_ITEMS;
    for (let i = 0; i < items.length; i++) {
      const item = items[i]!;
      const name = i === 0 ? undefined : items[i - 1];
      const mayName = typeof name === 'string' && ((isPaired && i % 2 === 1) || name[0] === '-');
      const kind =
        mayName && typeof item === 'string' ? this.#texts.kindInPair(name, item) : 'plain';
      items[i] = kind === 'plain' ? this.#plain(item) : this.#namedValue(item, kind);
    }
  }

  /** What a name of that kind names: its strings, alone or in a list. */
  #namedValue(value: LogValue, kind: NameKind): LogValue {
    if (!isNamed(kind)) return value;
    if (typeof value === 'string') return this.#namedText(value, kind);
    if (isArray(value)) {
      const items = value as LogValue[];
      for (let i = 0; i < items.length; i++) items[i] = this.#namedValue(items[i]!, kind);
    } else if (isLogFields(value)) {
      if (kind === 'cookie' || kind === 'authorization') this.#allBelow(value, kind);
      else this.#fields(value);
    }
    return value;
  }

  #namedText(text: string, kind: NameKind): string {
    if (text === '') return text;
    if (!this.#texts.isSecret(text, kind)) return this.#text(text);
    if (this.#named !== undefined) this.#named[this.#named.length] = text;
    return REDACTED;
  }

  #allBelow(fields: LogFields, kind: NameKind): void {
    const { values } = fields;
    for (let i = 0; i < values.length; i++) values[i] = this.#namedValue(values[i]!, kind);
  }

  // Few different ones, as of keys.
  #callSite(callSite: CallSite): CallSite {
    const { renamed } = this.#verdictOf(callSite.file);
    if (renamed === undefined) return callSite;
    const { line, column, functionName } = callSite;
    return { file: renamed, line, column, functionName };
  }

  // The stack begins with the message, and what is a secret in one is in the other, too.
  #exception(exception: LoggedException): LoggedException {
    const message = this.#text(exception.message);
    const type = this.#text(exception.type);
    const { stacktrace, code } = exception;
    const stack = stacktrace && this.#text(withMessage(stacktrace, exception.message, message));
    const ownCode = code && this.#text(code);
    const isSame = message === exception.message && type === exception.type;
    if (isSame && stack === stacktrace && ownCode === code) return exception;
    return { type, message, stacktrace: stack, code: ownCode } as LoggedException;
  }
}

function isNamed(kind: NameKind): boolean {
  return kind !== 'plain' && kind !== 'exempt';
}

function withMessage(stack: string, message: string, redacted: string): string {
  if (message === redacted) return stack;
  const at = indexOfText(stack, message);
  if (at === -1) return stack;
  return sliceText(stack, 0, at) + redacted + sliceText(stack, at + message.length);
}
