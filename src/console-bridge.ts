import { Console } from 'node:console';
import { syncBuiltinESMExports } from 'node:module';
import { noteTimer } from './console/data.js';
import { CONSOLE_METHODS, type ConsoleMethod } from './console/methods.js';
import { type Holder, type Method, replaceOnConsole, symbolNamed } from './console/patch.js';
import { type ConsoleCall, type ConsoleRecordOptions, ConsoleRecords } from './console/record.js';
import { hideFromTrace } from './console/trace.js';
import type { LogRecord, SpanIds } from './log-record.js';
import { asLoggerOutput } from './loggers/logger-output.js';
import type { ConsoleOutput } from './output/console-output.js';
import { FormattedWrites, type FormattingBridge } from './output/formatted-writes.js';
import { ownWork } from './own-work.js';

/** What the bridge needs of the rest. None of these may throw. */
export interface ConsoleBridgeOptions extends ConsoleRecordOptions {
  readonly hasConsoleInstances: boolean;
  /** Whether somebody watches what is written to the process's streams. */
  readonly hasStdio?: boolean;
  readonly clock: { read(): void; readonly high: number; readonly low: number };
  /** Prints records in place of what the console prints; undefined: that stays as it is. */
  readonly output?: ConsoleOutput | undefined;
  activeSpan(): SpanIds | undefined;
  /** Whether that line was printed by a logger whose calls have records of their own. */
  isSaidByLogger?(printed: string, args: readonly unknown[]): boolean;
  emit(record: LogRecord): void;
}

/** A console call that has begun and not yet returned. */
interface OpenCall extends ConsoleCall {
  readonly parent: OpenCall | undefined;
  /** The latest call made inside by the method this one prints through. */
  inner: OpenCall | undefined;
  /** False while it lasts, and when it threw. */
  hasReturned: boolean;
}

const { apply } = Reflect;

/**
 * Makes a record of each console call that prints, of the global console and of consoles created
 * later. The calls themselves are left as they are: receiver, arguments, output, return value and
 * errors. Returns the undo.
 */
export function bridgeConsole(options: ConsoleBridgeOptions): () => void {
  const bridge = new ConsoleBridge(options);
  const undos = [bridge.install(globalThis.console as unknown as Holder)];
  if (options.hasConsoleInstances) {
    undos.push(bridge.install(Console.prototype as unknown as Holder));
  }
  // `import { log } from 'node:console'` reads a copy that only this brings up to date.
  syncBuiltinESMExports();
  return () => {
    for (const undo of undos) undo();
    syncBuiltinESMExports();
  };
}

class ConsoleBridge {
  readonly #options: ConsoleBridgeOptions;
  readonly #records: ConsoleRecords;
  #open: OpenCall | undefined;

  constructor(options: ConsoleBridgeOptions) {
    this.#options = options;
    this.#records = new ConsoleRecords(options);
  }

  install(holder: Holder): () => void {
    const undos = [this.#watchWrites(holder), this.#watchTimers(holder)];
    for (const method of CONSOLE_METHODS) undos.push(this.#bridgeMethod(holder, method));
    return () => {
      for (const undo of undos) undo();
    };
  }

  // What we do around the call may fail where little stack is left, and must not show: such a line
  // is printed and not recorded. All in one function, for it is a frame in the stack of whatever
  // the call throws.
  #bridgeMethod(holder: Holder, method: ConsoleMethod): () => void {
    const original = holder[method.name];
    if (typeof original !== 'function') return noop;
    const bridge = this;
    const traceFormat =
      method.name === 'trace' ? symbolNamed(holder, 'kFormatForStderr') : undefined;
    const replacement: Record<string, Method> = {
      [method.name](this: unknown, ...args: unknown[]) {
        if (ownWork.isRunning) return apply(original as Method, this, args);
        const parent = bridge.#open;
        let call: OpenCall | undefined;
        let undo: (() => void) | undefined;
        let hasReturned = false;
        try {
          call = bridge.#begin(method, this, args, bridged);
          if (traceFormat !== undefined) undo = hideFromTrace(holder, traceFormat, bridged);
        } catch {}
        try {
          const result = apply(original as Method, this, args);
          hasReturned = true;
          return result;
        } finally {
          bridge.#open = parent;
          try {
            if (undo !== undefined) undo();
            if (call !== undefined) bridge.#end(call, hasReturned);
          } catch {}
        }
      },
    };
    const bridged = replacement[method.name]!;
    return replaceOnConsole(holder, method.name, original as Method, bridged);
  }

  #begin(
    method: ConsoleMethod,
    target: unknown,
    args: readonly unknown[],
    callee: Method,
  ): OpenCall {
    const { clock } = this.#options;
    ownWork.isRunning = true;
    try {
      clock.read();
      const call: OpenCall = {
        method,
        target,
        args,
        timeHigh: clock.high,
        timeLow: clock.low,
        span: this.#options.activeSpan(),
        parent: this.#open,
        callee,
        printed: undefined,
        inner: undefined,
        hasReturned: false,
      };
      this.#open = call;
      return call;
    } finally {
      ownWork.isRunning = false;
    }
  }

  // A method that prints through another ends with that other's call; calls of it that came
  // earlier were made by the application's own code, for instance an `inspect.custom` that logs.
  // So was the latest, when it returned and the method yet threw.
  #end(call: OpenCall, hasReturned: boolean): void {
    const { inner, parent } = call;
    call.hasReturned = hasReturned;
    call.inner = undefined;
    if (inner !== undefined) {
      if (hasReturned || !inner.hasReturned) call.printed = inner.printed;
      else this.#recordLate(inner);
    }
    if (parent !== undefined && parent.method.printsThrough === call.method.name) {
      if (parent.inner !== undefined) this.#recordLate(parent.inner);
      parent.inner = call;
      return;
    }
    this.#record(call);
  }

  // Its function is off the stack, or on it for another call: who called it cannot be seen any more.
  #recordLate(call: OpenCall): void {
    this.#record({ ...call, callee: null });
  }

  #record(call: OpenCall): void {
    if (call.printed === undefined) return;
    ownWork.isRunning = true;
    try {
      const record = this.#records.toRecord(call, call.printed);
      if (record !== undefined) this.#options.emit(record);
    } catch {
      // A record is never worth an error in the application.
    } finally {
      ownWork.isRunning = false;
    }
  }

  // Everything a console prints goes through one method under a symbol. What passes there is the
  // finished text, so nothing is formatted twice, and no `inspect.custom` runs twice.
  #watchWrites(holder: Holder): () => void {
    const symbol = symbolNamed(holder, 'kWriteToConsole');
    const original = symbol === undefined ? undefined : holder[symbol];
    if (symbol === undefined || typeof original !== 'function') return noop;
    if (this.#options.hasStdio) asLoggerOutput(holder, symbol);
    const print = holder[symbol] as Method;
    const bridge = this;
    const replacement: Record<symbol, Method> = {
      [symbol](this: unknown, ...args: unknown[]) {
        if (ownWork.isRunning) return undefined;
        const call = bridge.#open;
        if (call !== undefined && typeof args[1] === 'string') bridge.#note(call, args[1]);
        return apply(print, this, args);
      },
    };
    const write = this.#formatted(holder, print, replacement[symbol]!);
    return replaceOnConsole(holder, symbol, original as Method, write);
  }

  #note(call: OpenCall, printed: string): void {
    try {
      if (this.#options.isSaidByLogger?.(printed, call.args)) return;
    } catch {
      // Hardly any stack is left.
    }
    call.printed = printed;
  }

  // What is formatted leaves no text in its call: its record is sent when it is written.
  #formatted(holder: Holder, original: Method, unformatted: Method): Method {
    const { output, clock, activeSpan, isSaidByLogger } = this.#options;
    if (output === undefined) return unformatted;
    const hooks: FormattingBridge = {
      output,
      clock,
      activeSpan,
      isSaidByLogger,
      openCall: () => this.#open,
      toRecord: (call, printed) => this.#records.toRecord(call, printed),
    };
    return new FormattedWrites(hooks, holder, original).inPlaceOf(unformatted);
  }

  #watchTimers(holder: Holder): () => void {
    const original = holder.time;
    if (typeof original !== 'function') return noop;
    const { time } = {
      time(this: unknown, ...args: unknown[]) {
        const result = apply(original as Method, this, args);
        if (ownWork.isRunning) return result;
        ownWork.isRunning = true;
        try {
          noteTimer(this, args[0]);
        } catch {
          // The timer runs; its duration will be missing from the attributes.
        }
        ownWork.isRunning = false;
        return result;
      },
    };
    return replaceOnConsole(holder, 'time', original as Method, time);
  }
}

function noop(): void {}
