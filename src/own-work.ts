/**
 * Whether our own code runs in this thread. The application's runs within only where it hooked into
 * what we use: an error's `get message()`, a patched built-in. What that logs would not be there
 * without us: it is neither printed nor recorded.
 */
export const ownWork = { isRunning: false };

/** Runs what is our own work, also within other work of ours. */
export function asOwnWork<Result>(work: () => Result): Result {
  const wasRunning = ownWork.isRunning;
  ownWork.isRunning = true;
  try {
    return work();
  } finally {
    ownWork.isRunning = wasRunning;
  }
}

/** As `asOwnWork`; what it throws is swallowed. */
export function quietly<Result>(work: () => Result): Result | undefined {
  try {
    return asOwnWork(work);
  } catch {
    // A record is never worth an error in the application.
    return undefined;
  }
}
