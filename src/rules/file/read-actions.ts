import { isReserved } from '../../convert/field-keys.js';
import type { Pattern } from '../pattern/pattern.js';
import type { Actions, Extraction, NoiseMark } from '../rule.js';
import type { Path } from './document.js';
import { BadRule, isMapping, mappingAt, nameOf, shown } from './faults.js';
import { isPlain, levelAt, type ReadPattern } from './read-match.js';

export const ACTIONS = [
  'severity',
  'drop',
  'keep',
  'sample',
  'fold',
  'rateLimit',
  'rename',
  'add',
  'extract',
];
/** With one of these a rule is the last one asked. */
export const DECIDING = ['severity', 'drop', 'keep', 'sample', 'fold', 'rateLimit'];

export interface ActionContext {
  readonly path: Path;
  readonly label: string;
  readonly message: Pattern | undefined;
  readonly readPattern: ReadPattern;
}

export function readActions(
  given: Readonly<Record<string, unknown>>,
  context: ActionContext,
): Actions {
  const { path } = context;
  const at = (key: string): Path => [...path, key];
  for (const key of ['drop', 'keep']) {
    if (given[key] !== undefined && given[key] !== true)
      throw new BadRule(at(key), `${key} is not true`);
  }
  if (given.drop && given.keep)
    throw new BadRule(at('keep'), 'keep and drop contradict each other');
  return {
    severity: given.severity === undefined ? undefined : levelAt(given.severity, at('severity')),
    share: given.drop === true ? 0 : readShare(given.sample, at('sample')),
    noise: readNoise(given, context),
    rename: readNames(given.rename, at('rename')).map(([from, to]) => {
      if (typeof to !== 'string' || to === '')
        throw new BadRule([...at('rename'), from], `${shown(from)} is not given a name`);
      checkName(from, at('rename'));
      checkName(to, [...at('rename'), from]);
      return { from, to };
    }),
    add: readNames(given.add, at('add')).map(([key, value]) => {
      if (!isPlain(value))
        throw new BadRule([...at('add'), key], `${shown(key)} is not a text, number or boolean`);
      checkName(key, [...at('add'), key]);
      return { key, value };
    }),
    extract: given.extract === undefined ? [] : readExtractions(given.extract, context),
  };
}

function readShare(value: unknown, path: Path): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  throw new BadRule(path, `sample is not a share from 0 to 1: ${shown(value)}`);
}

function readNoise(
  given: Readonly<Record<string, unknown>>,
  { path, label }: ActionContext,
): NoiseMark | undefined {
  const { fold, rateLimit } = given;
  if (fold !== undefined && typeof fold !== 'boolean') {
    throw new BadRule([...path, 'fold'], `fold is not true or false: ${shown(fold)}`);
  }
  if (rateLimit !== undefined && !(typeof rateLimit === 'number' && rateLimit > 0)) {
    throw new BadRule(
      [...path, 'rateLimit'],
      `rateLimit is not a number of records a second: ${shown(rateLimit)}`,
    );
  }
  if (fold === undefined && rateLimit === undefined) return undefined;
  return Object.freeze({
    ...(fold !== undefined && { fold }),
    ...(rateLimit !== undefined && { perSecond: rateLimit, key: label }),
  });
}

function readNames(value: unknown, path: Path): readonly [string, unknown][] {
  if (value === undefined) return [];
  if (!isMapping(value))
    throw new BadRule(path, `${nameOf(path)} is not a mapping of names to values`);
  return Object.entries(value);
}

function checkName(name: string, path: Path): void {
  if (isReserved(name)) throw new BadRule(path, `${shown(name)} is a name that is not for rules`);
}

// `true`: the groups of `match.message`. A text: those of another pattern.
function readExtractions(value: unknown, context: ActionContext): readonly Extraction[] {
  const path = [...context.path, 'extract'];
  const list = Array.isArray(value) ? value : [value];
  return list.map((item, index) => {
    const where = Array.isArray(value) ? [...path, index] : path;
    return readExtraction(item, where, context);
  });
}

function readExtraction(value: unknown, path: Path, context: ActionContext): Extraction {
  if (value === true) return extractionOf(undefined, undefined, path, context);
  if (typeof value === 'string') return extractionOf(value, undefined, path, context);
  const { pattern, as } = mappingAt(value, path, ['pattern', 'as']);
  return extractionOf(pattern, as, path, context);
}

function extractionOf(text: unknown, as: unknown, path: Path, context: ActionContext): Extraction {
  const own = text === undefined ? undefined : context.readPattern(text, path);
  const pattern = own ?? context.message;
  if (pattern === undefined)
    throw new BadRule(path, 'extract has no pattern, and match no message');
  const { groups } = pattern;
  if (groups.length === 0)
    throw new BadRule(path, 'there is no named group, (?<name>…), to extract');
  const types = readTypes(
    as,
    groups.map(({ name }) => name),
    [...path, 'as'],
  );
  return {
    pattern: own,
    groups: groups.map(({ name, index }) => ({
      key: name,
      index,
      isNumber: types(name) === 'number',
    })),
  };
}

function readTypes(as: unknown, names: readonly string[], path: Path): (name: string) => unknown {
  const isType = (value: unknown) => value === 'number' || value === 'text';
  if (as === undefined || isType(as)) return () => as;
  const types = mappingAt(as, path, names);
  for (const [name, type] of Object.entries(types)) {
    if (!isType(type))
      throw new BadRule(
        [...path, name],
        `${shown(name)} is not read as number or text: ${shown(type)}`,
      );
  }
  return name => types[name];
}
