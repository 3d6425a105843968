/** A whole number of a query, bounded so that it can be a date in nanoseconds. Undefined if it is none. */
export function numberOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text.trim() === '') return undefined;
  const number = Math.trunc(Number(text));
  return Number.isNaN(number) ? undefined : Math.min(Math.max(number, 0), MAX_MS);
}

/** The year 2262, where signed nanoseconds end. */
const MAX_MS = 9_223_372_036_854;
