/** Does at most so many things at once; the others wait for their turn, in order. */
export function createTurns(most: number) {
  let busy = 0;
  const waiting: (() => void)[] = [];
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (busy >= most) await new Promise<void>(resolve => waiting.push(resolve));
    else busy++;
    try {
      return await work();
    } finally {
      // A turn that is handed on stays taken.
      const next = waiting.shift();
      if (next) next();
      else busy--;
    }
  };
}
