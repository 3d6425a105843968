import { createRegExp, exec } from './realm.js';

/**
 * Characters that tell the classes of one pattern apart: of those that the same classes accept, one.
 * So two classes have a character in common exactly if they have one of these.
 */
export interface Alphabet {
  readonly characters: readonly string[];
  /** By the source of a class: what it accepts, as indexes of `characters`. */
  readonly classes: ReadonlyMap<string, ReadonlySet<number>>;
}

// Where \s, \S, . and, regardless of case, \w begin beyond Latin-1.
const BEYOND_LATIN =
  '\u017f\u0180\u1680\u1681\u2000\u200b\u2028\u202a\u202f\u2030\u205f\u2060\u212a\u212b\u3000\u3001\ufeff\uff00';
const LATIN = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code));
// Letters first: words made of them are the likelier ones.
const COMMON = ['a', ' ', '0', '_', ...LATIN, ...BEYOND_LATIN, '中', '😀'];
const CODE_POINT = /\\(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2}))/gi;
/** A class that may begin anywhere beyond Latin-1. */
const FOREIGN = /^\\p|^\[.*(?:\\[pu]|[^\0-\xff])/is;
const HIGHEST = 0x10_ffff;
const SURROGATES = { first: 0xd800, firstLow: 0xdc00, last: 0xdfff } as const;

// Made where a class needs them.
const codeUnits = once(() => charactersFrom(0, 0xffff));
const codePoints = once(allCodePoints);

export function createAlphabet(sources: ReadonlySet<string>, flags: string): Alphabet {
  const testFlags = flags.replace(/[gydm]/g, '');
  const list = [...sources];
  const candidates = new Set([
    ...COMMON,
    ...list.flatMap(source => [...source, ...source.split(''), ...escapedIn(source)]),
    ...list.filter(source => FOREIGN.test(source)).flatMap(source => startsOf(source, testFlags)),
  ]);
  const tests = list.map(source => testOf(source, testFlags));
  const characters = new Map<string, string>();
  for (const character of candidates) {
    const mark = tests.map(test => (test(character) ? '1' : '0')).join('');
    if (!characters.has(mark)) characters.set(mark, character);
  }
  return { characters: [...characters.values()], classes: classesOf(list, [...characters.keys()]) };
}

// Of a class of which nothing is known everything is to be feared.
function classesOf(
  sources: readonly string[],
  marks: readonly string[],
): ReadonlyMap<string, ReadonlySet<number>> {
  const all = marks.map((_, index) => index);
  return new Map(
    sources.map((source, at) => {
      const members = all.filter(index => marks[index]![at] === '1');
      const isUnknown = members.length === 0 && FOREIGN.test(source);
      return [source, new Set(isUnknown ? all : members)];
    }),
  );
}

function testOf(source: string, flags: string): (character: string) => boolean {
  const isItself = source.length === 1 && source !== '.' && !flags.includes('i');
  if (isItself) return character => character === source;
  const tester = createRegExp(`^(?:${source})$`, flags);
  return character => exec(tester, character) !== null;
}

// A range begins with one, and what a negated class accepts begins behind one.
function escapedIn(source: string): readonly string[] {
  return [...source.matchAll(CODE_POINT)]
    .map(([, long, short, byte]) => Number.parseInt((long ?? short ?? byte)!, 16))
    .flatMap(code => [code, code + 1])
    .filter(code => code <= HIGHEST)
    .map(code => String.fromCodePoint(code));
}

// Of whatever two classes have in common, one of them begins where that begins.
function startsOf(source: string, flags: string): readonly string[] {
  const isUnicode = /[uv]/.test(flags);
  const runs = createRegExp(`(?:${source})+`, `${flags}g`);
  const text = isUnicode ? codePoints() : codeUnits();
  const starts: string[] = [];
  for (let run = exec(runs, text); run !== null; run = exec(runs, text)) {
    starts.push(isUnicode ? String.fromCodePoint(run[0].codePointAt(0)!) : run[0][0]!);
  }
  return starts;
}

// Low surrogates before high ones, or they would be pairs. Planes 2 and up are uniform but for their
// beginnings; what is written as an escape is looked at wherever it is.
function allCodePoints(): string {
  const { first, firstLow, last } = SURROGATES;
  const planes = [2, 3, 14, 15, 16].map(plane =>
    charactersFrom(plane << 16, (plane << 16) + 0x1ff),
  );
  return [
    charactersFrom(0, first - 1),
    charactersFrom(firstLow, last),
    charactersFrom(first, firstLow - 1),
    charactersFrom(last + 1, 0x1_ffff),
    ...planes,
  ].join('');
}

function once(make: () => string): () => string {
  let text: string | undefined;
  return () => {
    text ??= make();
    return text;
  };
}

function charactersFrom(first: number, last: number): string {
  let text = '';
  for (let code = first; code <= last; code++) text += String.fromCodePoint(code);
  return text;
}
