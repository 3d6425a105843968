import { inspect, types } from 'node:util';
import {
  dateGetTime,
  dateToISOString,
  getOwnPropertyDescriptor,
  isBufferView,
  isNaNumber,
} from './intrinsics.js';
import { dataProperty, inheritsFrom } from './objects.js';

// Objects that have no fields to speak of: their state lies in internal slots.

const inspectValue = inspect;
const UrlPrototype = URL.prototype;
const hrefOfUrl = getOwnPropertyDescriptor(UrlPrototype, 'href')!.get!;
const { apply } = Reflect;

const PLAIN_INSPECT = {
  customInspect: false,
  depth: 2,
  breakLength: Number.POSITIVE_INFINITY,
  maxStringLength: 1024,
} as const;

/** The text that stands for `value`; undefined if its fields do. */
export function opaqueText(value: object): string | undefined {
  if (types.isDate(value)) return dateText(value);
  if (types.isBoxedPrimitive(value) || hasNoFields(value)) return inspectedText(value);
  return inheritsFrom(value, UrlPrototype) ? urlText(value) : undefined;
}

function dateText(value: Date): string {
  return isNaNumber(dateGetTime(value)) ? 'Invalid Date' : dateToISOString(value);
}

function urlText(value: object): string {
  try {
    return apply(hrefOfUrl, value, []) as string;
  } catch {
    // `Object.create(URL.prototype)` has no URL inside.
    return inspectedText(value);
  }
}

export function functionText(value: object): string {
  const name = types.isProxy(value) ? undefined : dataProperty(value, 'name');
  return typeof name === 'string' && name !== '' ? `[Function: ${name}]` : '[Function (anonymous)]';
}

function hasNoFields(value: object): boolean {
  return (
    types.isRegExp(value) ||
    types.isPromise(value) ||
    types.isAnyArrayBuffer(value) ||
    isBufferView(value) ||
    types.isWeakMap(value) ||
    types.isWeakSet(value) ||
    types.isGeneratorObject(value) ||
    types.isExternal(value) ||
    types.isModuleNamespaceObject(value)
  );
}

/** As the console prints it, roughly. */
export function inspectedText(value: unknown): string {
  try {
    return inspectValue(value, PLAIN_INSPECT);
  } catch {
    // A revoked proxy, or a realm gone: its kind is all that can be said.
    return `[${typeof value}]`;
  }
}
