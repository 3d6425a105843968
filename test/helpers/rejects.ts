import * as assert from 'uvu/assert';

/**
 * What `assert.throws()` cannot do, being synchronous. Returns the error, for a closer look.
 */
export async function rejects(
  action: Promise<unknown> | (() => Promise<unknown>),
  expected?: RegExp,
): Promise<Error> {
  const error = await (typeof action === 'function' ? action() : action).then(
    () => assert.unreachable('expected a rejection') as never,
    (reason: unknown) => reason as Error,
  );
  if (error instanceof assert.Assertion) throw error;
  if (expected) assert.match(String(error?.message ?? error), expected);
  return error;
}
