import type { Automaton } from './automaton.js';

const MAX_LENGTH = 200;
const MAX_STEPS = 200_000;

/**
 * A text that begins to match in many ways: of all characters the one that leads on in the most ways is
 * next, and the text ends where there were the most. Finds `(?:a|ab|b)(?:a|ab|b)…`, where nothing repeats.
 */
export function manifold(automaton: Automaton): string {
  const walk = new Walk(automaton);
  let text = '';
  let best = { text, ways: 0 };
  while (text.length < MAX_LENGTH) {
    const next = walk.step();
    if (next === undefined) break;
    text += next;
    if (walk.ways >= best.ways) best = { text, ways: walk.ways };
  }
  return best.text;
}

/** By state: in how many ways a text leads there. */
type States = ReadonlyMap<number, number>;

class Walk {
  ways = 1;
  readonly #automaton: Automaton;
  #next: States;
  #steps = 0;

  constructor(automaton: Automaton) {
    this.#automaton = automaton;
    this.#next = new Map(automaton.first.map(state => [state, 1]));
  }

  /** The character that is taken; none where there is no way on. */
  step(): string | undefined {
    const ways = this.#waysOf(this.#next);
    const options = ways.flatMap((count, character) => {
      if (count === 0) return [];
      const next = this.#after(character);
      // One further: `ab` may be read in two ways, while `a` alone promises as much as `aa`.
      return [{ character, count, next, further: Math.max(...this.#waysOf(next)) }];
    });
    if (options.length === 0 || this.#steps > MAX_STEPS) return undefined;
    const best = options.reduce((one, other) => (other.further > one.further ? other : one));
    this.ways = best.count;
    this.#next = best.next;
    return this.#automaton.alphabet[best.character];
  }

  /** By character. */
  #waysOf(states: States): readonly number[] {
    const { accepts, alphabet } = this.#automaton;
    const ways = new Array<number>(alphabet.length).fill(0);
    for (const [state, count] of states) {
      this.#steps += accepts[state]!.size;
      for (const character of accepts[state]!) ways[character]! += count;
    }
    return ways;
  }

  #after(character: number): States {
    const { accepts, follows } = this.#automaton;
    const next = new Map<number, number>();
    for (const [state, count] of this.#next) {
      if (!accepts[state]!.has(character)) continue;
      this.#steps += follows[state]!.size;
      for (const [to, ways] of follows[state]!) next.set(to, (next.get(to) ?? 0) + count * ways);
    }
    return next;
  }
}
