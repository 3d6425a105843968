/** What `act` answers; undefined if it throws, where that is no reason for anybody to fail. */
export function attempt<Result>(act: () => Result): Result | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
