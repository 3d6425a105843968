interface Waiter {
  readonly isMet: () => boolean;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Promises for conditions, which are looked at whenever `check()` says that something changed. */
export class Waiters {
  readonly #waiting = new Set<Waiter>();

  async wait(isMet: () => boolean, timeoutMs: number, describe: () => string): Promise<void> {
    if (isMet()) return;

    const { promise, resolve, reject } = createDeferred();
    const waiter = { isMet, resolve, reject };
    const timer = setTimeout(() => reject(new Error(describe())), timeoutMs);
    this.#waiting.add(waiter);
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(waiter);
    }
  }

  check(): void {
    for (const waiter of this.#waiting) this.#checkOne(waiter);
  }

  // A condition that throws fails its own promise, not the request that made us look.
  #checkOne(waiter: Waiter): void {
    try {
      if (waiter.isMet()) waiter.resolve();
    } catch (error) {
      waiter.reject(error);
    }
  }
}

// Promise.withResolvers() is not in Node 20.
function createDeferred(): {
  promise: Promise<void>;
  resolve: () => void;
  reject: (error: unknown) => void;
} {
  let resolve!: () => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
