import { either } from '../../config/values.js';
import type { Path } from './document.js';

/** What is wrong with a file, and where. */
export interface Fault {
  readonly path: Path;
  /** A sentence without its full stop. */
  readonly text: string;
}

/** Thrown while one rule is read: the rule is left out, the others hold. */
export class BadRule extends Error {
  readonly path: Path;

  constructor(path: Path, text: string) {
    super(text);
    this.path = path;
  }
}

const MAX_SHOWN = 60;

/** A value as it is repeated in a message. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The mapping at that path, with no other keys than these. */
export function mappingAt(
  value: unknown,
  path: Path,
  keys: readonly string[],
): Readonly<Record<string, unknown>> {
  if (!isMapping(value))
    throw new BadRule(path, `${nameOf(path)} is not a mapping of names to values`);
  for (const key of Object.keys(value)) {
    if (keys.includes(key)) continue;
    throw new BadRule([...path, key], `${shown(key)} is not ${either(keys)}`);
  }
  return value;
}

/** One text, or a list of some. */
export function textsAt(value: unknown, path: Path): readonly string[] {
  const list = Array.isArray(value) ? value : [value];
  const isGood = list.length > 0 && list.every(item => typeof item === 'string' && item !== '');
  if (!isGood) throw new BadRule(path, `${nameOf(path)} is not a text or a list of texts`);
  return list as readonly string[];
}

/** How a path is called in a message: by its last name. */
export function nameOf(path: Path): string {
  return String(path.findLast(part => typeof part === 'string'));
}
