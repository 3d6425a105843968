import { either } from '../../config/values.js';
import { CONSOLE_METHODS } from '../../console/methods.js';
import { LEVEL_NAMES, type SeverityNumber } from '../../severity.js';
import type { Pattern } from '../pattern/pattern.js';
import type { Match } from '../rule.js';
import type { Path } from './document.js';
import { BadRule, isMapping, mappingAt, nameOf, shown, textsAt } from './faults.js';

/** Reads a pattern, or throws `BadRule`. */
export type ReadPattern = (value: unknown, path: Path) => Pattern;

interface MatchReaders {
  readonly readPattern: ReadPattern;
  /** As `readPattern`. */
  readGlob(glob: string, path: Path): RegExp;
}

const KEYS = ['method', 'scope', 'level', 'message', 'attributes', 'file'];
const METHODS = CONSOLE_METHODS.map(({ name }) => name);

export function readMatch(
  value: unknown,
  path: Path,
  { readPattern, readGlob }: MatchReaders,
): Match {
  const given = mappingAt(value, path, KEYS);
  const at = (key: string): Path => [...path, key];
  const optional = <Result>(key: string, read: (value: unknown, path: Path) => Result) =>
    given[key] === undefined ? undefined : read(given[key], at(key));
  return {
    methods: optional('method', readMethods),
    scopes: optional('scope', textsAt),
    levels: optional('level', (levels, where) =>
      textsAt(levels, where).map(one => levelAt(one, where)),
    ),
    attributes: optional('attributes', readAttributes) ?? [],
    message: optional('message', readPattern),
    files: optional('file', (globs, where) =>
      textsAt(globs, where).map(glob => readGlob(glob, where)),
    ),
  };
}

/** The first number of that level's range. */
export function levelAt(value: unknown, path: Path): SeverityNumber {
  const index =
    typeof value === 'string'
      ? (LEVEL_NAMES as readonly string[]).indexOf(value.toLowerCase())
      : -1;
  if (index === -1)
    throw new BadRule(path, `${nameOf(path)} is not ${either(LEVEL_NAMES)}: ${shown(value)}`);
  return index * 4 + 1;
}

function readMethods(value: unknown, path: Path): readonly string[] {
  const methods = textsAt(value, path);
  const bad = methods.find(method => !METHODS.includes(method));
  if (bad !== undefined)
    throw new BadRule(path, `${shown(bad)} is not a method of console that prints`);
  return methods;
}

function readAttributes(value: unknown, path: Path): Match['attributes'] {
  if (!isMapping(value)) throw new BadRule(path, 'attributes is not a mapping of names to values');
  return Object.entries(value).map(([key, wanted]) => {
    if (!isPlain(wanted)) {
      throw new BadRule(
        [...path, key],
        `${shown(key)} is not compared with a text, number or boolean`,
      );
    }
    return { key, text: String(wanted) };
  });
}

export function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
