import { createRegExp, exec } from './realm.js';
import type { Syntax } from './syntax.js';

/**
 * Glushkov's automaton of a pattern: a state for each place of a character in it. Counted repetitions
 * are written out, up to `MAX_COPIES`; from there on they count as unlimited.
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

const MAX_COPIES = 12;
const MAX_STATES = 400;
const EMPTY: Part = { first: [], last: [], isNullable: true };

/** @returns undefined for a pattern that is too large. */
export function createAutomaton(syntax: Syntax, pattern: RegExp): Automaton | undefined {
  const builder = new Builder(pattern);
  const { first } = builder.build(syntax);
  const { accepts, follows, alphabet } = builder;
  return accepts.length > MAX_STATES ? undefined : { accepts, follows, first, alphabet };
}

class Builder {
  readonly accepts: ReadonlySet<number>[] = [];
  readonly follows: Map<number, number>[] = [];
  readonly alphabet: readonly string[];
  readonly #flags: string;
  readonly #classes = new Map<string, ReadonlySet<number>>();

  constructor({ source, flags }: RegExp) {
    this.alphabet = alphabetFor(source);
    this.#flags = flags.replace(/[gydm]/g, '');
  }

  build(syntax: Syntax): Part {
    if (this.accepts.length > MAX_STATES) return EMPTY;
    switch (syntax.kind) {
      case 'character':
        return this.#state(syntax.source);
      case 'sequence':
        return syntax.items.reduce<Part>((part, item) => this.#join(part, this.build(item)), EMPTY);
      case 'alternatives':
        return this.#either(syntax.items.map(item => this.build(item)));
      case 'repeat':
        return this.#repeat(syntax);
      default:
        return EMPTY;
    }
  }

  #state(source: string): Part {
    const state = this.accepts.length;
    this.accepts.push(this.#classOf(source));
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

  #repeat({ item, least, most }: Extract<Syntax, { kind: 'repeat' }>): Part {
    const isEndless = most > MAX_COPIES;
    const copies = isEndless ? Math.max(1, Math.min(least, MAX_COPIES)) : most;
    let whole = EMPTY;
    for (let copy = 1; copy <= copies; copy++) {
      const part = this.build(item);
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

  #classOf(source: string): ReadonlySet<number> {
    const known = this.#classes.get(source);
    if (known !== undefined) return known;
    const members = this.#membersOf(source);
    this.#classes.set(source, members);
    return members;
  }

  #membersOf(source: string): ReadonlySet<number> {
    const isItself = source.length === 1 && source !== '.' && !this.#flags.includes('i');
    if (isItself) return new Set([this.alphabet.indexOf(source)]);
    const tester = createRegExp(`^(?:${source})$`, this.#flags);
    const members = new Set<number>();
    for (const [index, character] of this.alphabet.entries()) {
      if (exec(tester, character) !== null) members.add(index);
    }
    return members;
  }
}

// Letters first: words made of them are the likelier ones.
function alphabetFor(source: string): readonly string[] {
  const latin = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code));
  return [...new Set(['a', ' ', '0', '_', ...latin, '\u2028', '中', '😀', ...source])];
}
