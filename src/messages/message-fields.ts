import { isArray, parseJson } from '../convert/intrinsics.js';
import { CARRIER_FIELD } from '../propagation/carrier.js';

/** Beyond it a message is a document, and too dear to be read twice. */
const MAX_BYTES = 64 * 1024;
/** What is let in from outside: it ends up in queries, and in other programs' logs. */
const VALUE = /^[^\p{C}]{1,256}$/u;
/** Where queues that people write themselves keep what belongs to a message. */
const NESTED = 'metadata';

const { byteLength } = Buffer;

/** Fields of messages and jobs, by the names that are asked for. */
export class MessageFields {
  readonly #keys: readonly string[];
  readonly #mark: RegExp;

  constructor(keys: readonly string[]) {
    this.#keys = keys;
    // Most messages are told from it that they have none.
    const names = [CARRIER_FIELD, ...keys].map(key => key.replace(/[^\w]/g, '\\$&'));
    this.#mark = new RegExp(`"(?:${names.join('|')})"`);
  }

  /** Of JSON, as text or as bytes in any of the forms they come in; undefined for none. */
  ofMessage(message: unknown): Record<string, unknown> | undefined {
    return this.ofObject(this.read(message));
  }

  /** What the JSON says, if it is an object and there may be something of interest in it. */
  read(message: unknown): object | undefined {
    const text = textOf(message);
    if (text === undefined || !this.#mark.test(text)) return undefined;
    try {
      const parsed: unknown = parseJson(text);
      return isObject(parsed) && !isArray(parsed) ? parsed : undefined;
    } catch {
      return undefined;
    }
  }

  /** Of data: no getter of it is run. */
  ofObject(data: unknown): Record<string, unknown> | undefined {
    if (typeof data !== 'object' || data === null || isArray(data)) return undefined;
    let fields: Record<string, unknown> | undefined;
    const nested = ownValue(data, NESTED);
    for (const key of this.#keys) {
      const value = ownValue(data, key) ?? (isObject(nested) ? ownValue(nested, key) : undefined);
      if (!isFit(value)) continue;
      fields ??= {};
      fields[key] = value;
    }
    return fields;
  }
}

function textOf(message: unknown): string | undefined {
  if (typeof message === 'string') return message.length > MAX_BYTES ? undefined : jsonOf(message);
  const bytes = bytesOf(message);
  if (bytes === undefined || bytes.length > MAX_BYTES || !mayBeObject(bytes[0])) return undefined;
  return jsonOf(bytes.toString());
}

function bytesOf(message: unknown): Buffer | undefined {
  if (Buffer.isBuffer(message)) return message;
  if (message instanceof ArrayBuffer) return Buffer.from(message);
  // Fragments, as `ws` has them.
  if (!isArray(message) || !message.every(part => Buffer.isBuffer(part))) return undefined;
  const total = message.reduce((sum, part) => sum + part.length, 0);
  return total > MAX_BYTES ? undefined : Buffer.concat(message);
}

function jsonOf(text: string): string | undefined {
  return mayBeObject(text.charCodeAt(0)) && byteLength(text) <= MAX_BYTES ? text : undefined;
}

// A brace, or white space before it.
function mayBeObject(first: number | undefined): boolean {
  return first === 0x7b || first === 0x20 || first === 0x0a || first === 0x0d || first === 0x09;
}

function ownValue(object: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(object, key)?.value;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isFit(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && VALUE.test(value));
}
