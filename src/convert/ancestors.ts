import { MAX_DEPTH } from './limits.js';

/** What the console prints of an object: itself and two levels below. */
const PRINTED_DEPTH = 2;

/** The objects a value lies in, innermost first. */
export interface Ancestors {
  readonly object: object;
  readonly depth: number;
  readonly maxDepth: number;
  readonly outer: Ancestors | undefined;
  /** It is what was logged, and its fields become attributes. */
  readonly isArgument: boolean;
}

export function within(object: object, outer: Ancestors | undefined): Ancestors {
  return outer === undefined
    ? { object, depth: 1, maxDepth: MAX_DEPTH, outer, isArgument: false }
    : { object, depth: outer.depth + 1, maxDepth: outer.maxDepth, outer, isArgument: false };
}

export function asArgument(object: object): Ancestors {
  return { object, depth: 1, maxDepth: MAX_DEPTH, outer: undefined, isArgument: true };
}

/**
 * Data is made to be looked at, the inside of an instance is not: a socket leads to its server, its
 * agents and its keys. Of those only what the console prints is taken.
 */
export function asInstance(inner: Ancestors): Ancestors {
  const maxDepth = inner.depth + PRINTED_DEPTH;
  return maxDepth < inner.maxDepth ? { ...inner, maxDepth } : inner;
}

export function isAncestor(object: object, ancestors: Ancestors | undefined): boolean {
  for (let level = ancestors; level !== undefined; level = level.outer) {
    if (level.object === object) return true;
  }
  return false;
}
