export interface SeededRandom {
  /** From 0 up to, not including, `end`. */
  integer(end: number): number;
  pick<Item>(items: readonly Item[]): Item;
}

/** Mulberry32: a failing run can be repeated from its seed. https://github.com/bryc/code/blob/master/jshash/PRNGs.md */
export function seededRandom(seed: number): SeededRandom {
  let state = seed;
  const integer = (end: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % end;
  };
  return { integer, pick: items => items[integer(items.length)]! };
}
