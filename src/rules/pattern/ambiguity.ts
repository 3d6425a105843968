import type { Automaton } from './automaton.js';

/** Steps of looking for it; beyond, a pattern counts as too complex to be trusted. */
const MAX_STEPS = 400_000;

/**
 * Whether some text leads from a state back to itself in two ways: each repetition of that text doubles
 * the ways a matcher may have to try, `(a|a)*b` for instance.
 * See A. Weber, H. Seidl, On the degree of ambiguity of finite automata (1991): criterion EDA.
 */
export function isExponential(automaton: Automaton): boolean {
  const search = new Search(automaton);
  return automaton.accepts.some((_, state) => search.returnsInTwoWays(state));
}

class Search {
  readonly #automaton: Automaton;
  readonly #overlaps = new Map<ReadonlySet<number>, Map<ReadonlySet<number>, boolean>>();
  readonly #count: number;
  readonly #reachable: readonly ReadonlySet<number>[];
  #steps = 0;

  constructor(automaton: Automaton) {
    this.#automaton = automaton;
    this.#count = automaton.accepts.length;
    this.#reachable = reachableStates(automaton);
  }

  // Two walkers leave the state with the same text. Have they ever parted when they are back?
  returnsInTwoWays(origin: number): boolean {
    const seen = new Set<number>();
    const queue: [a: number, b: number, hasParted: boolean][] = [[origin, origin, false]];
    for (let at = 0; at < queue.length; at++) {
      const [a, b, hasParted] = queue[at]!;
      for (const [nextA, waysA] of this.#automaton.follows[a]!) {
        for (const nextB of this.#automaton.follows[b]!.keys()) {
          if (++this.#steps > MAX_STEPS) return true;
          if (!(this.#leadsTo(nextA, origin) && this.#leadsTo(nextB, origin))) continue;
          if (!this.#overlap(nextA, nextB)) continue;
          const isTwice = a === b && nextA === nextB && waysA > 1;
          const parted = hasParted || nextA !== nextB || isTwice;
          if (parted && nextA === origin && nextB === origin) return true;
          const key = (nextA * this.#count + nextB) * 2 + Number(parted);
          if (seen.has(key)) continue;
          seen.add(key);
          queue.push([nextA, nextB, parted]);
        }
      }
    }
    return false;
  }

  #leadsTo(state: number, origin: number): boolean {
    return state === origin || this.#reachable[state]!.has(origin);
  }

  #overlap(a: number, b: number): boolean {
    const { accepts } = this.#automaton;
    const [one, other] = [accepts[a]!, accepts[b]!];
    if (one === other) return one.size > 0;
    const known = this.#overlaps.get(one) ?? new Map<ReadonlySet<number>, boolean>();
    this.#overlaps.set(one, known);
    const answer = known.get(other) ?? [...one].some(character => other.has(character));
    known.set(other, answer);
    return answer;
  }
}

/** By state: those that can follow sooner or later. */
function reachableStates({ follows }: Automaton): readonly ReadonlySet<number>[] {
  return follows.map(direct => {
    const reached = new Set(direct.keys());
    // A set is walked to its end, also to what is added meanwhile.
    for (const state of reached) for (const next of follows[state]!.keys()) reached.add(next);
    return reached;
  });
}
