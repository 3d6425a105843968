import { createAlphabet } from './alphabet.js';
import { partsOf, type Repeat, type Syntax } from './syntax.js';

/**
 * Glushkov's automaton of a pattern: a state for each place of a character in it. Repetitions
 * that are counted to a few are written out, others count as unlimited.
 */
export interface Automaton {
  /** By state: which characters lead into it, as indexes of `alphabet`. */
  readonly accepts: readonly ReadonlySet<number>[];
  /** By state: the states that may follow, and in how many ways. */
  readonly follows: readonly ReadonlyMap<number, number>[];
  readonly first: readonly number[];
  readonly alphabet: readonly string[];
}

/** What enters, and what leaves, a part of a pattern. */
interface Part {
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly isNullable: boolean;
}

/** A repetition that is counted further is as good as endless: its ways multiply likewise. */
const MAX_COPIES = 4;
/** The same of repetitions in repetitions. */
const MAX_NESTED_COPIES = 16;
/** Of what can only be repeated in one way: `[0-9a-f]{32}`. */
const MAX_RIGID_COPIES = 64;
const MAX_STATES = 400;
const EMPTY: Part = { first: [], last: [], isNullable: true };

/** @returns undefined for a pattern that is too large. */
export function createAutomaton(syntax: Syntax, pattern: RegExp): Automaton | undefined {
  const builder = new Builder();
  const { first } = builder.build(syntax);
  const { sources, follows } = builder;
  if (sources.length > MAX_STATES) return undefined;
  const { characters, classes } = createAlphabet(new Set(sources), pattern.flags);
  const accepts = sources.map(source => classes.get(source)!);
  return { accepts, follows, first, alphabet: characters };
}

class Builder {
  /** By state: what leads into it. */
  readonly sources: string[] = [];
  readonly follows: Map<number, number>[] = [];

  /** @param copies How often all that is around it is written out. */
  build(syntax: Syntax, copies = 1): Part {
    if (this.sources.length > MAX_STATES) return EMPTY;
    switch (syntax.kind) {
      case 'character':
        return this.#state(syntax.source);
      case 'sequence':
        return syntax.items.reduce<Part>(
          (part, item) => this.#join(part, this.build(item, copies)),
          EMPTY,
        );
      case 'alternatives':
        return this.#either(syntax.items.map(item => this.build(item, copies)));
      case 'repeat':
        return this.#repeat(syntax, copies);
      default:
        return EMPTY;
    }
  }

  #state(source: string): Part {
    const state = this.sources.length;
    this.sources.push(source);
    this.follows.push(new Map());
    return { first: [state], last: [state], isNullable: false };
  }

  #join(a: Part, b: Part): Part {
    this.#link(a, b);
    return {
      first: a.isNullable ? [...a.first, ...b.first] : a.first,
      last: b.isNullable ? [...a.last, ...b.last] : b.last,
      isNullable: a.isNullable && b.isNullable,
    };
  }

  #either(parts: readonly Part[]): Part {
    return {
      first: parts.flatMap(part => part.first),
      last: parts.flatMap(part => part.last),
      isNullable: parts.some(part => part.isNullable),
    };
  }

  #repeat(repeat: Repeat, around: number): Part {
    const { item, least, most } = repeat;
    const isEndless = isTooMany(repeat, around);
    const copies = isEndless ? Math.max(1, Math.min(least, MAX_COPIES)) : most;
    const inside = isEndless || isRigid(repeat) ? 1 : around * most;
    let whole = EMPTY;
    for (let copy = 1; copy <= copies; copy++) {
      const part = this.build(item, inside);
      if (isEndless && copy === copies) this.#link(part, part);
      whole = this.#join(whole, copy > least ? { ...part, isNullable: true } : part);
    }
    return whole;
  }

  // A second way from one state to the next is as ambiguous as a second state: `(a+)+`.
  #link(from: Part, to: Part): void {
    for (const state of from.last) {
      const follows = this.follows[state]!;
      for (const next of to.first) follows.set(next, (follows.get(next) ?? 0) + 1);
    }
  }
}

function isTooMany(repeat: Repeat, around: number): boolean {
  const { most } = repeat;
  if (isRigid(repeat)) return most > MAX_RIGID_COPIES;
  return most > MAX_COPIES || most * around > MAX_NESTED_COPIES;
}

/** Whether there is no choice in what it takes, but of characters. */
function isRigid(syntax: Syntax): boolean {
  if (syntax.kind === 'alternatives' || syntax.kind === 'backReference') return false;
  if (syntax.kind === 'repeat' && syntax.least !== syntax.most) return false;
  return syntax.kind === 'look' || partsOf(syntax).every(isRigid);
}
