import { isSame } from '../convert/intrinsics.js';
import type { AnyFunction, SpanIds } from '../log-record.js';
import { ownWork } from '../own-work.js';
import type { Bound, WinstonBridgeOptions } from '../winston-bridge.js';
import { type Info, isInfo, MESSAGE, type WinstonLogger } from './info.js';
import { toRecord } from './info-record.js';
import {
  endsOfExceptions,
  hasOpenTelemetryTransport,
  isOutput,
  mayUseConsole,
  transportsOf,
} from './outputs.js';
import { PendingCalls } from './pending-calls.js';
import { says, ToldLines } from './told-lines.js';

/** A log call from where it ends in its logger's `write`. */
export interface LogCall {
  readonly logger: WinstonLogger;
  readonly info: Info;
  readonly message: unknown;
  readonly timeHigh: number;
  readonly timeLow: number;
  readonly span: SpanIds | undefined;
  readonly bound: Bound;
  readonly parent: LogCall | undefined;
  /** Null once it is off the stack. */
  callee: AnyFunction | null;
  /** What its formats made of it. */
  formatted: Info | undefined;
  /** Its formats have run, or nobody will run them for us. */
  isThrough: boolean;
  /** It has a record, or is not to have one. */
  isTold: boolean;
  /** A transport has printed it by the console meanwhile. */
  isPrinted: boolean;
}

/** Follows the log calls of all loggers. Nothing in here throws. */
export class LogCalls {
  readonly #options: WinstonBridgeOptions;
  readonly #pending = new PendingCalls<LogCall>();
  readonly #toldLines = new ToldLines();
  /** Infos of calls that have a record already, and may yet come through. */
  readonly #early = new WeakSet<object>();
  #open: LogCall | undefined;

  constructor(options: WinstonBridgeOptions) {
    this.#options = options;
  }

  /** Undefined if it is nobody's concern: what a silent logger, or one that has ended, is told. */
  begin(logger: WinstonLogger, info: unknown, callee: AnyFunction): LogCall | undefined {
    if (ownWork.isRunning) return undefined;
    ownWork.isRunning = true;
    try {
      if (!isInfo(info) || logger.silent) return undefined;
      const { _writableState: state } = logger;
      if (state?.ending || state?.destroyed) return undefined;
      const call = this.#callOf(logger, info, callee);
      this.#open = call;
      return call;
    } catch {
      return undefined;
    } finally {
      ownWork.isRunning = false;
    }
  }

  #callOf(logger: WinstonLogger, info: Info, callee: AnyFunction): LogCall {
    const { clock, context, activeSpan } = this.#options;
    clock.read();
    return {
      logger,
      info,
      message: info.message,
      timeHigh: clock.high,
      timeLow: clock.low,
      span: activeSpan(),
      bound: context.current(),
      parent: this.#open,
      callee,
      formatted: undefined,
      isThrough: false,
      isTold: this.#isOfCrash(logger, info),
      isPrinted: false,
    };
  }

  // The error that is about to end the process has a record of its own, with the same stack.
  #isOfCrash(logger: WinstonLogger, info: Info): boolean {
    const { crash } = this.#options;
    if (info.exception !== true || !crash.hasTold(info.error)) return false;
    if (endsOfExceptions(logger)) crash.settle(true);
    return true;
  }

  /** The formats have made `formatted` of an info; the transports are next. */
  onFormatted(logger: WinstonLogger, formatted: unknown): void {
    if (ownWork.isRunning || formatted === null) return;
    ownWork.isRunning = true;
    try {
      const call = this.#callOfFormatted(logger);
      if (call === undefined) return;
      call.isThrough = true;
      if (!isInfo(formatted)) return;
      call.formatted = formatted;
      this.#record(call, formatted);
      if (call !== this.#open) this.#expectLines(call);
    } catch {
      // A record is never worth an error in the application.
    } finally {
      ownWork.isRunning = false;
    }
  }

  #callOfFormatted(logger: WinstonLogger): LogCall | undefined {
    const open = this.#open;
    const info = logger._transformState?.writechunk ?? open?.info;
    if (open !== undefined && open.logger === logger && open.info === info && !open.isThrough) {
      return open;
    }
    if (!isInfo(info) || this.#early.delete(info)) return undefined;
    return this.#pending.take(logger, info);
  }

  /** @param hasReturned False if a format or a transport threw. */
  end(call: LogCall, hasReturned: boolean): void {
    this.#open = call.parent;
    ownWork.isRunning = true;
    try {
      if (call.isThrough) this.#expectLines(call);
      else if (hasReturned && !call.logger.silent) this.#keep(call);
    } catch {
      // As above.
    } finally {
      ownWork.isRunning = false;
    }
  }

  // It waits in the logger, for room in a transport. For a first transport it may wait for ever.
  #keep(call: LogCall): void {
    if (transportsOf(call.logger).length === 0) {
      this.#record(call, call.info);
      this.#early.add(call.info);
      return;
    }
    call.callee = null;
    this.#pending.add(call.logger, call.info, call);
  }

  /** Whatever still waits is said as it was logged. */
  settle(): void {
    this.#pending.takeAll(call => {
      try {
        this.#record(call, call.info);
      } catch {
        // As above.
      }
    });
  }

  #record(call: LogCall, formatted: Info): void {
    if (call.isTold) return;
    call.isTold = true;
    const { context, emit, isApiClaimed, wants } = this.#options;
    const { logger } = call;
    if (isApiClaimed() && hasOpenTelemetryTransport(logger)) return;
    const record = toRecord(call, formatted, { limits: this.#options, isOutput, wants });
    if (record === undefined) return;
    const current = context.current();
    if (isSame(current, call.bound)) emit(record);
    else {
      context.enter(call.bound);
      try {
        emit(record);
      } finally {
        context.enter(current);
      }
    }
  }

  #expectLines({ logger, formatted, isPrinted, isTold }: LogCall): void {
    if (formatted === undefined || isPrinted || !isTold || !mayUseConsole(logger)) return;
    this.#toldLines.add(formatted[MESSAGE]);
    if (formatted.message !== formatted[MESSAGE]) this.#toldLines.add(formatted.message);
  }

  /** Whether a console line is that of a log call: the one being made, or one made a moment ago. */
  says(printed: string, args: readonly unknown[]): boolean {
    const open = this.#open;
    if (open !== undefined && isLineOf(open, printed, args)) {
      open.isPrinted = true;
      return true;
    }
    return this.#toldLines.take(printed);
  }
}

// A transport hands over the info, its text, or a line that has the message in it.
function isLineOf(call: LogCall, printed: string, args: readonly unknown[]): boolean {
  const { info, formatted = info } = call;
  for (let i = 0; i < args.length; i++) {
    if (args[i] === info || args[i] === formatted) return true;
  }
  return says(printed, formatted[MESSAGE]) || says(printed, formatted.message);
}
