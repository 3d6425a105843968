// Longer than any name a typing error makes.
const MAX_LENGTH = 64;
/** What is shorter may begin anything. */
const LEAST_LENGTH = 2;

/** The one of `names` that was most likely meant: with a third of the letters wrong, or cut short. */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  if (given.length > MAX_LENGTH) return undefined;

  let best: string | undefined;
  let least = Math.max(1, Math.floor(given.length / 3)) + 1;
  for (const name of names) {
    const distance = editDistance(given, name);
    if (distance < least) [best, least] = [name, distance];
  }
  return best ?? onlyOneWith(given, names);
}

function onlyOneWith(beginning: string, names: readonly string[]): string | undefined {
  const [only, ...others] = names.filter(name => name.startsWith(beginning));
  return beginning.length >= LEAST_LENGTH && others.length === 0 ? only : undefined;
}

// Levenshtein, one row at a time.
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
