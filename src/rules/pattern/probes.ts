import type { Automaton } from './automaton.js';

/** Of the loops of one pattern; each makes a handful of texts. */
const MAX_LOOPS = 12;
/** What hardly any pattern accepts, so that all other ways are tried. */
const ENDINGS = ['', '\u0000', '\n', '!'];
/** The same in front, where another alternative would match at once. */
const BEGINNINGS = ['', '\u0000'];

/**
 * Texts of that length which a pattern finds hard to refuse: what leads to one of its loops, then that
 * loop again and again; and all its loops one after the other.
 */
export function hardTexts(automaton: Automaton, length: number): readonly string[] {
  const words = new Words(automaton);
  const loops = automaton.accepts
    .map((_, state) => ({ way: words.to(state), round: words.around(state) }))
    .filter((loop): loop is Loop => loop.way !== undefined && loop.round !== undefined)
    .slice(0, MAX_LOOPS);
  const rounds = [...new Set([...loops.map(loop => loop.round), ...rareCharacters(automaton)])];
  const heads = loops.flatMap(({ way, round }) => [
    way + repeated(round, length),
    ...rounds.map(other => way + repeated(other, length)),
  ]);
  const share = Math.ceil(length / Math.max(1, loops.length));
  const all = loops.map(({ way, round }) => way + repeated(round, share)).join('');
  const distinct = [...new Set([...heads, all].map(text => text.slice(0, length - 2)))];
  return BEGINNINGS.flatMap(beginning =>
    distinct.flatMap(text => ENDINGS.map(ending => beginning + text + ending)),
  );
}

interface Loop {
  readonly way: string;
  readonly round: string;
}

function repeated(text: string, length: number): string {
  return text.repeat(Math.ceil(length / text.length));
}

/** Shortest texts that lead from state to state. */
class Words {
  readonly #automaton: Automaton;
  /** By state: the character that the most states accept. */
  readonly #characters: readonly (string | undefined)[];
  readonly #ways: ReadonlyMap<number, string>;

  constructor(automaton: Automaton) {
    this.#automaton = automaton;
    this.#characters = commonCharacters(automaton);
    this.#ways = this.#from(automaton.first);
  }

  /** To that state from the start. */
  to(state: number): string | undefined {
    return this.#ways.get(state);
  }

  /** From that state back to it. */
  around(state: number): string | undefined {
    return this.#from(this.#automaton.follows[state]!.keys()).get(state);
  }

  #from(states: Iterable<number>): ReadonlyMap<number, string> {
    const found = new Map<number, string>();
    const queue: [state: number, before: string][] = [...states].map(state => [state, '']);
    for (let at = 0; at < queue.length; at++) {
      const [state, before] = queue[at]!;
      const character = this.#characters[state];
      if (found.has(state) || character === undefined) continue;
      const word = before + character;
      found.set(state, word);
      for (const next of this.#automaton.follows[state]!.keys()) queue.push([next, word]);
    }
    return found;
  }
}

/** Of each state that repeats itself: the character that fewest others accept. */
function rareCharacters(automaton: Automaton): readonly string[] {
  const { alphabet, follows } = automaton;
  const repeating = automaton.accepts.filter((_, state) => follows[state]!.has(state));
  const counts = alphabet.map((_, index) => useOf(automaton, index));
  return repeating.slice(0, MAX_LOOPS).flatMap(set => {
    const [rarest] = [...set].sort((a, b) => counts[a]! - counts[b]!);
    return rarest === undefined ? [] : [alphabet[rarest]!];
  });
}

function useOf({ accepts }: Automaton, character: number): number {
  return accepts.filter(set => set.has(character)).length;
}

function commonCharacters(automaton: Automaton): readonly (string | undefined)[] {
  const { accepts, alphabet } = automaton;
  const counts = alphabet.map((_, index) => useOf(automaton, index));
  return accepts.map(set => {
    let best: number | undefined;
    for (const index of set) if (best === undefined || counts[index]! > counts[best]!) best = index;
    return best === undefined ? undefined : alphabet[best];
  });
}
