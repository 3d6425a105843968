import { createContext, runInContext } from 'node:vm';

/**
 * What the function returns, or undefined if that takes longer: it is stopped wherever it is, so it must
 * change nothing that outlives it. What it throws is thrown.
 */
export function runWithin<Result>(timeoutMs: number, run: () => Result): Result | undefined {
  const timeout = Math.max(1, Math.ceil(timeoutMs));
  try {
    return runInContext('run()', createContext({ run }), { timeout }) as Result;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
    throw error;
  }
}
