import type { PlainFields, PlainValue } from '../receiver/any-value.js';
import type { AttributeValue } from './api.js';

export type Attributes = Readonly<Record<string, AttributeValue>>;

/** What JSON can hold of received fields: wide integers and bytes become text. */
export function toAttributes(fields: PlainFields): Attributes {
  return toAttribute(fields) as Attributes;
}

export function toAttribute(value: PlainValue): AttributeValue {
  if (typeof value === 'bigint') return String(value);
  // JSON would make null of NaN and the infinities.
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(toAttribute);
  const entries = Object.entries(value as PlainFields);
  // Defines `__proto__` rather than setting it.
  return Object.fromEntries(entries.map(([key, nested]) => [key, toAttribute(nested)]));
}

/** A value as people read it. */
export function toText(value: AttributeValue): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

export type Leaf = readonly [path: string, value: string];

/** Nobody reads further, and a sender could make the walk as long as it likes. */
const MAX_LEAVES = 1000;
const MAX_DEPTH = 16;
const MAX_PATH = 256;

/** Primitives with their paths, keys joined by dots; elements of a list have the path of the list. */
export function leaves(attributes: Attributes): Leaf[] {
  const found: Leaf[] = [];
  const walk = (value: AttributeValue, path: string, depth: number): void => {
    if (found.length >= MAX_LEAVES || depth > MAX_DEPTH || path.length > MAX_PATH) return;
    if (typeof value !== 'object' || value === null) {
      found.push([path, String(value)]);
    } else if (Array.isArray(value)) {
      for (const element of value) walk(element, path, depth + 1);
    } else {
      for (const [key, nested] of Object.entries(value)) {
        walk(nested, path === '' ? key : `${path}.${key}`, depth + 1);
      }
    }
  };
  walk(attributes, '', 0);
  return found;
}

/** The primitives at a path; `a.b` is the key `a.b` as well as `b` in `a`. */
export function leavesAt(attributes: Attributes, path: string): string[] {
  const wanted = path.toLowerCase();
  return leaves(attributes).flatMap(([at, value]) => (at.toLowerCase() === wanted ? value : []));
}

/** Those that are numbers, or texts that hold one; paths in lower case. */
export function numbersIn(found: readonly Leaf[]): (readonly [path: string, value: number])[] {
  return found.flatMap(([path, text]) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    return Number.isNaN(value) ? [] : [[path.toLowerCase(), value] as const];
  });
}

/**
 * Text that a database gives back as it got it. Half a character, which JSON can bring and a cut can
 * make, it does not; and Node 22 reads up to the first NUL (22.23): that is shown as `␀`.
 */
export function toStorable(text: string): string {
  const whole = LONE_SURROGATE.test(text) ? Buffer.from(text).toString() : text;
  return whole.replaceAll('\0', '␀');
}

const LONE_SURROGATE = /\p{Surrogate}/u;
