import { monotonicMs } from '../pipeline/clock.js';
import { watchProcess } from './process-emit.js';
import { createSignalWatch, watchedSignals } from './signals.js';

export interface ProcessEndOptions {
  readonly exitTimeoutMs: number;
  /** Blocks until all is sent, or nothing more can be done; false when the time was too short. */
  flush(timeoutMs: number): boolean;
  /** The process goes on after all. */
  resume(): void;
  readonly crash: {
    onThrown(error: unknown, origin: string): void;
    settle(isFatal: boolean): void;
  };
}

/** Holds a process back at its end, whichever it is, until its records are delivered. */
export class ProcessEnd {
  readonly #options: ProcessEndOptions;
  #leftMs: number;
  #isEnding = false;
  #hasTurnedOnce = false;

  constructor(options: ProcessEndOptions) {
    this.#options = options;
    this.#leftMs = options.exitTimeoutMs;
  }

  /** Set once the last wait has begun: a record made later has to wait for itself. */
  get isEnding(): boolean {
    return this.#isEnding;
  }

  /** Waits, all waits together no longer than the exit timeout. */
  flushLast(): void {
    this.#isEnding = true;
    if (this.#leftMs <= 0) return;
    const startedAtMs = monotonicMs();
    const isAnswered = this.#options.flush(this.#leftMs);
    this.#leftMs = isAnswered ? this.#leftMs - (monotonicMs() - startedAtMs) : 0;
  }

  install(): void {
    const watch = createSignalWatch(watchedSignals());
    const { crash } = this.#options;
    watchProcess(
      {
        afterExitListeners: () => {
          crash.settle(true);
          this.flushLast();
        },
        holdBeforeExit: () => this.#holdBeforeExit(),
        onThrown: (error, origin) => crash.onThrown(error, origin),
        afterThrown: wasHandled => crash.settle(!wasHandled),
        onHandlerThrew: () => {
          crash.settle(true);
          this.flushLast();
        },
        afterSignal: (signal, hadListeners) => {
          if (!hadListeners && watch !== undefined) this.#endBySignal(signal, watch);
        },
      },
      watch?.signals ?? new Set(),
    );
    this.#wrapReallyExit();
    // After `process.emit` is ours: the watchers bind it when they are opened.
    watch?.open();
  }

  // A signal that came while the program blocked is only seen in a turn of the loop, and there
  // would be none before a natural end: one more is run.
  #holdBeforeExit(): boolean {
    this.#hasTurnedOnce = !this.#hasTurnedOnce;
    if (this.#hasTurnedOnce) setImmediate(noop);
    return this.#hasTurnedOnce;
  }

  #endBySignal(signal: NodeJS.Signals, watch: { open(): void; close(signal: string): void }): void {
    this.flushLast();
    watch.close(signal);
    process.kill(process.pid, signal);
    // Only process 1 of a container gets here: the kernel spares it, and so the program goes on.
    setImmediate(() => {
      this.#isEnding = false;
      this.#leftMs = this.#options.exitTimeoutMs;
      this.#options.resume();
      watch.open();
    });
  }

  // The last thing `process.exit()` calls, after wrappers of `process.emit` that came after ours.
  #wrapReallyExit(): void {
    const target = process as unknown as { reallyExit?: (...args: unknown[]) => unknown };
    const original = target.reallyExit;
    if (typeof original !== 'function') return;
    target.reallyExit = (...args) => {
      this.flushLast();
      return Reflect.apply(original, process, args);
    };
  }
}

function noop(): void {}
