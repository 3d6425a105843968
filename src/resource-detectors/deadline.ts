import type { ResourceAttributes } from './host.js';

/**
 * What `work` has found when it ends, fails, or has had its time: whichever is first. Also holds
 * for work that ignores the signal, which also aborts once nobody waits for the rest.
 */
export async function collectUntil(
  deadlineMs: number,
  work: (signal: AbortSignal, found: (facts: ResourceAttributes) => void) => Promise<void>,
): Promise<ResourceAttributes> {
  const abort = new AbortController();
  let facts: ResourceAttributes = {};
  // Left ref'd: an awaited promise alone would let the thread end. It is cleared below.
  const timer = setTimeout(() => abort.abort(), deadlineMs);
  const timeIsUp = new Promise<void>(resolve => {
    abort.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const found = (more: ResourceAttributes) => {
    facts = { ...facts, ...more };
  };

  try {
    await Promise.race([work(abort.signal, found), timeIsUp]);
  } catch {
    // A detector that fails yields what it had found: the rest is absent.
  } finally {
    clearTimeout(timer);
    abort.abort();
  }
  return facts;
}
