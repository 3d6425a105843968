import { inspect, types } from 'node:util';
import {
  dateGetTime,
  dateToISOString,
  functionSource,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  isArray,
  isBufferView,
  isNaNumber,
  startsWith,
} from './intrinsics.js';
import { className, dataProperty, inheritsFrom, isError, printsItself } from './objects.js';

// Objects that have no fields to speak of: their state lies in internal slots.

const inspectValue = inspect;
const UrlPrototype = URL.prototype;
const hrefOfUrl = getOwnPropertyDescriptor(UrlPrototype, 'href')!.get!;
const { apply } = Reflect;

const PLAIN_INSPECT = {
  customInspect: false,
  depth: 2,
  breakLength: Number.POSITIVE_INFINITY,
  maxStringLength: 10_000,
} as const;

/** The text that stands for `value`; undefined if its fields do. */
export function opaqueText(value: object): string | undefined {
  if (types.isDate(value)) return dateText(value);
  if (types.isBoxedPrimitive(value) || hasNoFields(value)) return inspectedText(value);
  return inheritsFrom(value, UrlPrototype) ? urlText(value) : undefined;
}

/** An object of a class whose fields are what it is. */
export function isInstance(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    !types.isProxy(value) &&
    !isArray(value) &&
    !isError(value) &&
    !types.isMap(value) &&
    !types.isSet(value) &&
    !types.isDate(value) &&
    !types.isBoxedPrimitive(value) &&
    !hasNoFields(value) &&
    !printsItself(value)
  );
}

/** As the console prints what lies too deep. */
export function nameText(value: object): string {
  return `[${className(value) ?? 'Object'}]`;
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

/** As the console prints it, but for fields of its own. */
export function functionText(value: object): string {
  if (types.isProxy(value)) return '[Function (anonymous)]';
  const name = dataProperty(value, 'name');
  const isNamed = typeof name === 'string' && name !== '';
  if (startsWith(functionSource(value), 'class')) return classText(value, isNamed ? name : '');
  const kind = `${types.isAsyncFunction(value) ? 'Async' : ''}${types.isGeneratorFunction(value) ? 'Generator' : ''}Function`;
  return isNamed ? `[${kind}: ${name}]` : `[${kind} (anonymous)]`;
}

function classText(value: object, name: string): string {
  const base = getPrototypeOf(value) as object | null;
  const baseName = base === null || types.isProxy(base) ? '' : dataProperty(base, 'name');
  const heading = `[class ${name === '' ? '(anonymous)' : name}`;
  return typeof baseName === 'string' && baseName !== ''
    ? `${heading} extends ${baseName}]`
    : `${heading}]`;
}

/** A getter is named, not run. */
export function accessorText(descriptor: PropertyDescriptor): string {
  if (descriptor.get === undefined) return '[Setter]';
  return descriptor.set === undefined ? '[Getter]' : '[Getter/Setter]';
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
    types.isMapIterator(value) ||
    types.isSetIterator(value) ||
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
