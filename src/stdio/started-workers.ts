import type { Worker } from 'node:worker_threads';

/** What `process` tells of each worker thread that starts. */
export const startedWorkers: { onStarted: ((worker: Worker) => void) | undefined } = {
  onStarted: undefined,
};
