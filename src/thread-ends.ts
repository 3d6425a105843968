import { getEnvironmentData, setEnvironmentData, type Worker } from 'node:worker_threads';
import { atomicLoad, atomicStore } from './convert/intrinsics.js';

// The ring of a worker thread has to be given up once the thread has ended, however that was: it may
// have been terminated. Its end is told in a few bytes of memory shared with whoever holds the ring,
// by the thread that started it; and if that one has ended, too, by the one before.

/** Under this key of `setEnvironmentData` a worker thread finds its own and its ancestors' ends. */
const ENDS_KEY = '@emp/otel-register.ends';

interface Started {
  readonly worker: WeakRef<Worker>;
  readonly end: SharedArrayBuffer;
}

/** Any of them set: whatever this thread wrote, it is complete. */
export function ownEnds(): readonly SharedArrayBuffer[] {
  return (getEnvironmentData(ENDS_KEY) as unknown as SharedArrayBuffer[] | undefined) ?? [];
}

export function hasAnyEnded(ends: readonly SharedArrayBuffer[] = []): boolean {
  for (let i = 0; i < ends.length; i++) {
    if (atomicLoad(new Int32Array(ends[i]!), 0) === 1) return true;
  }
  return false;
}

/** Follows the worker threads that this thread starts. */
export class ThreadEnds {
  readonly #own = ownEnds();
  #started: Started[] = [];

  /** Before a worker thread is started. Returns what to call with it afterwards. */
  begin(): (worker: Worker | undefined) => void {
    this.#sweep();
    const end = new SharedArrayBuffer(4);
    setEnvironmentData(ENDS_KEY, [...this.#own, end] as never);
    return worker => {
      setEnvironmentData(ENDS_KEY, this.#own as never);
      if (worker !== undefined) this.#started.push({ worker: new WeakRef(worker), end });
    };
  }

  // Not by a listener of `exit`, which the application could count and remove. Looking when the next
  // one starts keeps what is held too long in proportion to what runs.
  #sweep(): void {
    this.#started = this.#started.filter(({ worker, end }) => {
      const threadId = worker.deref()?.threadId ?? -1;
      if (threadId === -1) atomicStore(new Int32Array(end), 0, 1);
      return threadId !== -1;
    });
  }
}
