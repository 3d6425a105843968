import { attempt } from '../attempt.js';
import { apply } from '../convert/intrinsics.js';
import { listen } from '../listen.js';
import { replaceMethod } from '../methods/replace-method.js';
import { monotonicMs } from '../pipeline/clock.js';
import { watchProcess } from './process-emit.js';
import { createSignalWatch, type SignalWatch, signalName, watchedSignals } from './signals.js';

// Taken once: the application's tests may replace it by a timer that never fires.
const inNextTurn = setImmediate;

/**
 * A program that has ended sooner than this could as well have ended before the signal came: no
 * extra turn is run to look for one. Below it are start and end of any small program.
 */
const SHORT_PROGRAM_MS = 500;

/** What Node itself needs to end: the exit timeout is for the whole, not for our wait alone. */
const OWN_END_MS = 20;

export interface ProcessEndOptions {
  readonly exitTimeoutMs: number;
  /** The end has come: what was held back until now is to be sent. */
  letGo(): void;
  /** Blocks until all is sent, or nothing more can be done; false when the time was too short. */
  flush(timeoutMs: number): boolean;
  /** There is no time left: what was not taken meanwhile is taken care of. */
  keepRest(): void;
  /** All was done that there was time for. */
  leave(): void;
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
  readonly #kill = process.kill;
  #watch: SignalWatch | undefined;
  #leftMs: number;
  #isEnding = false;
  #lastTurnAtMs = monotonicMs();
  #isTurning = false;

  constructor(options: ProcessEndOptions) {
    this.#options = options;
    this.#leftMs = waitOf(options);
  }

  /** Set once the last wait has begun: a record made later has to wait for itself. */
  get isEnding(): boolean {
    return this.#isEnding;
  }

  /** Waits, all waits together no longer than the exit timeout. */
  flushLast(): void {
    this.#isEnding = true;
    const startedAtMs = monotonicMs();
    const isAnswered = this.#leftMs > 0 && this.#flush(this.#leftMs);
    this.#leftMs = isAnswered ? this.#leftMs - (monotonicMs() - startedAtMs) : 0;
    if (!isAnswered) this.#options.keepRest();
    this.#options.leave();
  }

  #flush(timeoutMs: number): boolean {
    return attempt(() => this.#options.flush(timeoutMs)) === true;
  }

  install(): void {
    const { crash } = this.#options;
    const end = () => this.#end();
    watchProcess({
      afterExitListeners: end,
      holdBeforeExit: isByNode => this.#holdBeforeExit(isByNode),
      onThrown: (error, origin) => crash.onThrown(error, origin),
      afterThrown: wasHandled => crash.settle(!wasHandled),
      onHandlerThrew: end,
    });
    this.#wrapEnd('reallyExit');
    this.#wrapEnd('abort');
    // Published when the arguments are known to be good: there is no way back from there. Where it
    // is not (before Node 22.15), there is no such call.
    listen('process.execve', end);
    this.#watch = createSignalWatch(watchedSignals(), signal => this.#endBySignal(signal));
    if (this.#watch === undefined) return;
    this.#watch.open();
    this.#wrapKill(this.#watch);
  }

  // What was thrown and is not yet known to be handled is what the process ends of.
  #end(): void {
    // The application may have broken what one of these needs: then the others still happen.
    attempt(() => this.#options.crash.settle(true));
    attempt(() => this.#options.letGo());
    attempt(() => this.flushLast());
  }

  // A signal that came while the program blocked is only seen in a turn of the loop, and there
  // would be none before a natural end: one more is run. See notes/process-end.md.
  #holdBeforeExit(isByNode: () => boolean): boolean {
    const nowMs = monotonicMs();
    const isShort = nowMs - this.#lastTurnAtMs < SHORT_PROGRAM_MS;
    const isDue = this.#watch !== undefined && !this.#isTurning && !isShort;
    // Asked last: most programs end without their stack being looked at.
    if (!(isDue || this.#isTurning) || !isByNode()) return false;

    this.#isTurning = isDue;
    if (!isDue) return false;
    this.#lastTurnAtMs = nowMs;
    inNextTurn(noop);
    return true;
  }

  #endBySignal(signal: NodeJS.Signals): void {
    this.#end();
    this.#watch?.close(signal);
    apply(this.#kill, process, [process.pid, signal]);
    // Only process 1 of a container gets here: the kernel spares it, and so the program goes on.
    inNextTurn(() => {
      this.#isEnding = false;
      this.#leftMs = waitOf(this.#options);
      this.#options.resume();
      this.#watch?.open();
    });
  }

  // A program that sends itself a signal ends before `process.kill()` returns. Ours would be seen
  // a turn later, after whatever follows: `process.exit(1)`, for instance.
  #wrapKill(watch: SignalWatch): void {
    const original = this.#kill;
    replaceMethod(process, 'kill', (pid: unknown, signal: unknown) => {
      const name = pid === process.pid ? signalName(signal) : undefined;
      if (name !== undefined && watch.isOurs(name)) {
        this.#endBySignal(name);
        return true;
      }
      return apply(original as (...args: unknown[]) => true, process, [pid, signal]);
    });
  }

  // `reallyExit` is the last thing `process.exit()` calls, after wrappers of `process.emit` that came
  // after ours.
  #wrapEnd(name: 'reallyExit' | 'abort'): void {
    const original = (process as Partial<Record<typeof name, unknown>>)[name];
    if (typeof original !== 'function') return;
    replaceMethod(process, name, (...args: unknown[]) => {
      this.#end();
      return apply(original as (...args: unknown[]) => never, process, args);
    });
  }
}

function noop(): void {}

function waitOf({ exitTimeoutMs }: ProcessEndOptions): number {
  return exitTimeoutMs > OWN_END_MS ? exitTimeoutMs - OWN_END_MS : 0;
}
