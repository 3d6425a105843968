import { partsOf, type Syntax } from './syntax.js';

type Repeat = Extract<Syntax, { kind: 'repeat' }>;

const MAX_REPEATS = 4;
/** Counted up to here, a repetition multiplies the work by a small number only. */
const SMALL_COUNT = 4;

/**
 * Whether a pattern shows at once that its work is at most some multiple of the square of the text's
 * length: one long repetition, of single characters. Most patterns in rules are that plain, and looking
 * closer at one takes a millisecond of the program's start.
 */
export function isPlain(syntax: Syntax): boolean {
  const repeats = repeatsIn(syntax);
  const long = repeats.filter(({ most }) => most > SMALL_COUNT);
  return (
    repeats.length <= MAX_REPEATS &&
    long.length <= 1 &&
    long.every(({ item }) => item.kind === 'character') &&
    repeats.every(({ item }) => repeatsIn(item).length === 0)
  );
}

function repeatsIn(syntax: Syntax): readonly Repeat[] {
  const own = syntax.kind === 'repeat' ? [syntax] : [];
  return [...own, ...partsOf(syntax).flatMap(repeatsIn)];
}
