import { unusedKey } from '../convert/field-keys.js';
import { indexOfText, isArray, isBufferView, sliceText } from '../convert/intrinsics.js';
import type { LogFields, LoggedException, LogRecord, LogValue } from '../log-record.js';
import type { KeyVerdict } from './key-verdicts.js';
import { REDACTED } from './mask.js';
import type { NameKind } from './secret-names.js';
import type { TextRedaction } from './text-redaction.js';

/** Shorter keys hold no secret themselves. */
const MIN_SECRET_KEY_LENGTH = 15;

/** Goes through records, and changes them in place. */
export class Redactor {
  readonly #texts: TextRedaction;
  readonly #verdictOf: (key: string) => KeyVerdict;

  constructor(texts: TextRedaction, verdictOf: (key: string) => KeyVerdict) {
    this.#texts = texts;
    this.#verdictOf = verdictOf;
  }

  record(record: LogRecord): void {
    const { body, attributes, exception } = record;
    if (typeof body === 'string') record.body = this.text(body);
    else if (body !== undefined) record.body = this.#plain(body);
    if (attributes !== undefined) this.fields(attributes);
    if (exception !== undefined) record.exception = this.#exception(exception);
  }

  text(text: string): string {
    return text.length < this.#texts.minLength ? text : this.#texts.redact(text);
  }

  fields({ keys, values }: LogFields): void {
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!;
      const value = values[i]!;
      const isText = typeof value === 'string';
      if (!isText && typeof value !== 'object' && key.length < MIN_SECRET_KEY_LENGTH) continue;
      const { kind, renamed } = this.#verdictOf(key);
      if (renamed !== undefined) keys[i] = unusedKey(keys, keys.length, renamed);
      if (kind !== 'plain') values[i] = this.#named(value, kind);
      else if (isText) values[i] = this.text(value);
      else values[i] = this.#plain(value);
    }
  }

  #plain(value: LogValue): LogValue {
    if (typeof value === 'string') return this.text(value);
    if (isArray(value)) {
      const items = value as LogValue[];
      for (let i = 0; i < items.length; i++) items[i] = this.#plain(items[i]!);
    } else if (isFields(value)) this.fields(value);
    return value;
  }

  /** What a name of that kind names: its strings, alone or in a list. */
  #named(value: LogValue, kind: NameKind): LogValue {
    if (kind === 'exempt') return value;
    if (typeof value === 'string') return this.#namedText(value, kind);
    if (isArray(value)) {
      const items = value as LogValue[];
      for (let i = 0; i < items.length; i++) items[i] = this.#named(items[i]!, kind);
    } else if (isFields(value)) {
      if (kind === 'cookie' || kind === 'authorization') this.#allBelow(value, kind);
      else this.fields(value);
    }
    return value;
  }

  #namedText(text: string, kind: NameKind): string {
    if (text === '') return text;
    if (kind === 'card' && !this.#texts.isCardNumber(text)) return this.text(text);
    return REDACTED;
  }

  #allBelow(fields: LogFields, kind: NameKind): void {
    const { values } = fields;
    for (let i = 0; i < values.length; i++) values[i] = this.#named(values[i]!, kind);
  }

  // The stack begins with the message, and what is a secret in one is in the other, too.
  #exception(exception: LoggedException): LoggedException {
    const message = this.text(exception.message);
    const { stacktrace, code } = exception;
    const stack = stacktrace && this.text(withMessage(stacktrace, exception.message, message));
    const ownCode = code && this.text(code);
    if (message === exception.message && stack === stacktrace && ownCode === code) return exception;
    return { type: exception.type, message, stacktrace: stack, code: ownCode } as LoggedException;
  }
}

// Not by its class: what reads records of OpenTelemetry's logs API is a bundle with a copy of its own.
function isFields(value: LogValue): value is LogFields {
  return typeof value === 'object' && value !== null && !isArray(value) && !isBufferView(value);
}

function withMessage(stack: string, message: string, redacted: string): string {
  if (message === redacted) return stack;
  const at = indexOfText(stack, message);
  if (at === -1) return stack;
  return sliceText(stack, 0, at) + redacted + sliceText(stack, at + message.length);
}
