import { hostname } from 'node:os';
import { asArgument } from '../convert/ancestors.js';
import { isReserved, unusedKey } from '../convert/field-keys.js';
import { hasOwn, isArray, objectKeys } from '../convert/intrinsics.js';
import { Budget, type Limits } from '../convert/limits.js';
import { toLogValue } from '../convert/log-value.js';
import { plainText } from '../convert/plain-text.js';
import { LogFields, type LoggedContent, type LoggedException } from '../log-record.js';

type Json = Record<string, unknown>;

/** The names under which a logger has its message and its error. */
export interface Roles {
  readonly messageKey: string;
  readonly errorKey: string;
}

export interface JsonParts {
  /** What the call itself said, as parsed. */
  readonly own: Json;
  /** What the logger says on every line; where the call names the same, that holds. */
  readonly bindings: LogFields | undefined;
  /** A level's own name. */
  readonly level: string | undefined;
}

/** Parsed in a process with `Object.prototype` changed or not, what JSON holds are own data properties. */
const thisHost = hostname();
const thisProcess = process.pid;

/** The content of a line of JSON: nothing in it is the program's any more, so all of it may be read. */
export function jsonContent(parts: JsonParts, roles: Roles, limits: Limits): LoggedContent {
  const { own, bindings, level } = parts;
  const budget = new Budget(limits);
  const message = ownValue(own, roles.messageKey);
  const error = ownValue(own, roles.errorKey);
  const exception = exceptionOf(error, budget);
  const attributes = bindings === undefined ? new LogFields() : copyOf(bindings);
  const keys = objectKeys(own);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    if (key === roles.messageKey && isBody(message)) continue;
    if (key === roles.errorKey && exception !== undefined) continue;
    setField(attributes, key, own, budget);
  }
  if (exception !== undefined) addErrorFields(attributes, error as Json, budget);
  if (level !== undefined) attributes.add(unused(attributes, 'level'), level);
  return {
    body: typeof message === 'string' ? plainText(budget.longText(message)) : bodyOf(message),
    attributes: attributes.keys.length > 0 ? attributes : undefined,
    exception,
    isTruncated: budget.isTruncated,
    droppedAttributes: budget.droppedAttributes,
  };
}

/** What a logger says on every line; without what the resource says. */
export function jsonBindings(bindings: Json, limits: Limits): LogFields {
  const fields = new LogFields();
  const budget = new Budget(limits);
  const keys = objectKeys(bindings);
  for (let i = 0; i < keys.length; i++) setField(fields, keys[i]!, bindings, budget);
  return fields;
}

function isBody(message: unknown): message is string | number | boolean {
  return typeof message === 'string' || typeof message === 'number' || typeof message === 'boolean';
}

function bodyOf(message: unknown): number | boolean | undefined {
  return isBody(message) && typeof message !== 'string' ? message : undefined;
}

function setField(fields: LogFields, key: string, holder: Json, budget: Budget): void {
  const value = holder[key];
  if (isOfResource(key, value)) return;
  const name = isReserved(key) ? `user.${key}` : key;
  const at = indexOf(fields.keys, name);
  if (at === -1 && fields.keys.length >= budget.maxAttributes) {
    budget.droppedAttributes++;
    budget.isTruncated = true;
    return;
  }
  const converted = toLogValue(value, budget, asArgument(holder));
  if (at === -1) fields.add(budget.key(name), converted);
  else fields.values[at] = converted;
}

// `process.pid` and `host.name` are facts of the process, and the same on all of its records.
function isOfResource(key: string, value: unknown): boolean {
  return (key === 'pid' && value === thisProcess) || (key === 'hostname' && value === thisHost);
}

// As an error is written by pino's serializer, and by bunyan's.
function exceptionOf(error: unknown, budget: Budget): LoggedException | undefined {
  if (typeof error !== 'object' || error === null || isArray(error)) return undefined;
  const { message, stack, code } = error as Json;
  const type = ownValue(error as Json, 'type') ?? ownValue(error as Json, 'name');
  if (typeof message !== 'string') return undefined;
  // An object that only has a message, which pino calls by its class: it has no stack.
  const hasStack = typeof stack === 'string' && stack !== '';
  const isTyped = typeof ownValue(error as Json, 'type') === 'string' && type !== 'Object';
  if (!hasStack && !isTyped) return undefined;
  const isCode = typeof code === 'string' || typeof code === 'number';
  return {
    type: typeof type === 'string' ? budget.text(type) : 'Error',
    message: budget.text(plainText(message)),
    stacktrace: hasStack ? budget.longText(plainText(stack)) : undefined,
    code: isCode ? budget.text(`${code}`) : undefined,
  };
}

function addErrorFields(attributes: LogFields, error: Json, budget: Budget): void {
  const keys = objectKeys(error);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    if (isToldOfError(key, error[key])) continue;
    if (attributes.keys.length >= budget.maxAttributes) {
      budget.droppedAttributes++;
      continue;
    }
    const value = toLogValue(error[key], budget, asArgument(error));
    attributes.add(unused(attributes, isReserved(key) ? `user.${key}` : budget.key(key)), value);
  }
}

function isToldOfError(key: string, value: unknown): boolean {
  switch (key) {
    case 'type':
    case 'name':
    case 'message':
    case 'stack':
      return typeof value === 'string';
    case 'code':
      return typeof value === 'string' || typeof value === 'number';
    // bunyan writes it of every error, mostly undefined.
    default:
      return value === undefined;
  }
}

function ownValue(holder: Json, key: string): unknown {
  return hasOwn(holder, key) ? holder[key] : undefined;
}

function unused({ keys }: LogFields, name: string): string {
  return unusedKey(keys, keys.length, name);
}

function indexOf(keys: readonly string[], key: string): number {
  for (let i = 0; i < keys.length; i++) if (keys[i] === key) return i;
  return -1;
}

// What becomes of a record may change its lists.
function copyOf({ keys, values }: LogFields): LogFields {
  const fields = new LogFields();
  for (let i = 0; i < keys.length; i++) fields.add(keys[i]!, values[i]!);
  return fields;
}
