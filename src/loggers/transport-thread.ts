import { isMainThread, workerData } from 'node:worker_threads';

/**
 * Whether this thread only writes what pino has logged in another one: what it prints are lines that
 * have their records already. By what thread-stream, through which pino starts it, hands to it.
 */
export function isTransportThread(): boolean {
  if (isMainThread || typeof workerData !== 'object' || workerData === null) return false;
  const { filename, dataBuf, stateBuf } = workerData as Record<string, unknown>;
  return (
    typeof filename === 'string' &&
    dataBuf instanceof SharedArrayBuffer &&
    stateBuf instanceof SharedArrayBuffer
  );
}
