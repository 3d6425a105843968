/** Whatever is to happen around an event of `process`. None of these may throw. */
export interface ProcessEvents {
  /** Once the last `exit` listener has returned, or thrown. */
  afterExitListeners(): void;
  /** @returns Whether the event is held back; it will be emitted again. */
  holdBeforeExit(): boolean;
  /** A thrown error or unhandled rejection is about to be handled, or to end the process. */
  onThrown(error: unknown, origin: string): void;
  /** Listeners of `uncaughtException` have run: it was handled by them, or nobody listens. */
  afterThrown(wasHandled: boolean): void;
  /** A listener of `uncaughtException` threw: Node ends the process without an `exit` event. */
  onHandlerThrew(): void;
  /** A signal has arrived, and its listeners have run. */
  afterSignal(signal: NodeJS.Signals, hadListeners: boolean): void;
}

type Emit = (this: unknown, event: string | symbol, ...args: unknown[]) => boolean;

/**
 * Watches what Node emits on `process` by wrapping `process.emit`, not by listening: a preload's
 * own listener would run before those of the application, be seen by it, counted against
 * `maxListeners`, and be removed by `removeAllListeners()`.
 */
export function watchProcess(events: ProcessEvents, signals: ReadonlySet<string>): void {
  const original = process.emit as unknown as Emit;

  const emit: Emit = function (this: unknown, event, ...args) {
    switch (event) {
      case 'exit':
        if (!isExiting()) break;
        try {
          return Reflect.apply(original, this, [event, ...args]);
        } finally {
          events.afterExitListeners();
        }
      case 'beforeExit':
        // Node passes the exit code; an application that emits by hand need not.
        if (args.length > 0 && events.holdBeforeExit()) return true;
        break;
      case 'uncaughtExceptionMonitor':
        events.onThrown(args[0], String(args[1]));
        break;
      case 'uncaughtException':
        return emitUncaughtException(this, [event, ...args]);
      default:
        if (typeof event === 'string' && signals.has(event) && typeof args[1] === 'number') {
          const hadListeners = process.listenerCount(event) > 0;
          const result = Reflect.apply(original, this, [event, ...args]);
          events.afterSignal(event as NodeJS.Signals, hadListeners);
          return result;
        }
    }
    return Reflect.apply(original, this, [event, ...args]);
  };

  function emitUncaughtException(target: unknown, args: [string, ...unknown[]]): boolean {
    let wasHandled: boolean;
    try {
      wasHandled = Reflect.apply(original, target, args);
    } catch (error) {
      events.onHandlerThrew();
      throw error;
    }
    events.afterThrown(wasHandled);
    return wasHandled;
  }

  process.emit = emit as typeof process.emit;
}

// Some programs emit `exit` by hand, in tests for instance. Node marks the real one.
function isExiting(): boolean {
  return (process as { _exiting?: boolean })._exiting !== false;
}
