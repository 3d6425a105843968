import type { Bound } from '../context/log-context.js';
import { isSame, weakSetAdd, weakSetDelete } from '../convert/intrinsics.js';
import type { AnyFunction, SpanIds } from '../log-record.js';
import { asOwnWork, ownWork } from '../own-work.js';
import type { WinstonBridgeOptions } from '../winston-bridge.js';
import { ExpectedLines } from './expected-lines.js';
import { formattedCopy } from './formatted-copy.js';
import { type Info, isInfo, LEVEL, MESSAGE, type WinstonLogger } from './info.js';
import { errorInSplat } from './info-content.js';
import { toRecord } from './info-record.js';
import { namedError } from './named-error.js';
import { endsOfExceptions, hasOpenTelemetryTransport, isOutput, transportsOf } from './outputs.js';
import { PendingCalls } from './pending-calls.js';
import { says } from './told-lines.js';

/** A log call from where it ends in its logger's `write`. */
export interface LogCall {
  readonly logger: WinstonLogger;
  readonly info: Info;
  readonly message: unknown;
  readonly splatError: Error | undefined;
  readonly namedError: Error | undefined;
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
  /** So many lines of it have been printed by the console meanwhile. */
  lines: number;
}

/** Follows the log calls of all loggers. Nothing in here throws. */
export class LogCalls {
  readonly #options: WinstonBridgeOptions;
  readonly #pending = new PendingCalls<LogCall>();
  readonly #lines = new ExpectedLines();
  /** Infos of calls that have a record already, and may yet come through. */
  readonly #early = new WeakSet<object>();
  #open: LogCall | undefined;

  // A copy of what is needed: settings and all, there are too many for them to be found fast.
  constructor(options: WinstonBridgeOptions) {
    const { maxAttributes, maxValueLength, clock, context, crash } = options;
    const { activeSpan, wants, emit, isApiClaimed } = options;
    const limits = { maxAttributes, maxValueLength };
    this.#options = { ...limits, clock, context, crash, activeSpan, wants, emit, isApiClaimed };
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
      splatError: errorInSplat(info),
      namedError: namedError(info),
      timeHigh: clock.high,
      timeLow: clock.low,
      span: activeSpan(),
      bound: context.bound(),
      parent: this.#open,
      callee,
      formatted: undefined,
      isThrough: false,
      isTold: this.#isOfCrash(logger, info) || this.#isHandedOn(info),
      lines: 0,
    };
  }

  // The error that is about to end the process has a record of its own, with the same stack.
  #isOfCrash(logger: WinstonLogger, info: Info): boolean {
    const { crash } = this.#options;
    if (info.exception !== true || !crash.hasTold(info.error)) return false;
    if (endsOfExceptions(logger)) crash.settle(true);
    return true;
  }

  // A logger may be a transport of another one.
  #isHandedOn(info: Info): boolean {
    const open = this.#open;
    return open !== undefined && open.formatted === info && isOutput(open.logger, info[LEVEL]);
  }

  /** The formats have made `formatted` of an info; the transports are next. */
  onFormatted(logger: WinstonLogger, formatted: unknown): void {
    if (ownWork.isRunning || formatted === null) return;
    ownWork.isRunning = true;
    try {
      const call = this.#callOfFormatted(logger);
      if (call === undefined) {
        this.#onEarly(logger, formatted);
        return;
      }
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

  #onEarly(logger: WinstonLogger, formatted: unknown): void {
    const info = logger._transformState?.writechunk;
    const isEarly = isInfo(info) && weakSetDelete(this.#early, info);
    if (isEarly && isInfo(formatted)) this.#lines.expect(logger, formatted, 0);
  }

  #callOfFormatted(logger: WinstonLogger): LogCall | undefined {
    const open = this.#open;
    const info = logger._transformState?.writechunk ?? open?.info;
    if (open !== undefined && open.logger === logger && open.info === info && !open.isThrough) {
      return open;
    }
    return isInfo(info) ? this.#pending.take(logger, info) : undefined;
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
      this.#recordWaiting(call);
      return;
    }
    call.callee = null;
    this.#pending.add(call.logger, call.info, call);
    // A logger that is closed never comes to what waits in it.
    const oldest = this.#pending.takeExcess();
    if (oldest !== undefined) this.#recordWaiting(oldest);
  }

  /** Whatever still waits is said as its formats would have it said. */
  settle(): void {
    this.#pending.takeAll(call => asOwnWork(() => this.#recordWaiting(call)));
  }

  #recordWaiting(call: LogCall): void {
    try {
      weakSetAdd(this.#early, call.info);
      const formatted = formattedCopy(call.logger, call.info);
      if (formatted !== undefined) this.#record(call, formatted);
    } catch {
      // As above.
    }
  }

  #record(call: LogCall, formatted: Info): void {
    if (call.isTold) return;
    call.isTold = true;
    const { context, emit, isApiClaimed } = this.#options;
    const { logger } = call;
    if (hasOpenTelemetryTransport(logger) && isApiClaimed()) return;
    const record = toRecord(call, formatted, this.#options);
    if (record === undefined) return;
    const current = context.bound();
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

  #expectLines({ logger, formatted, lines }: LogCall): void {
    if (formatted !== undefined) this.#lines.expect(logger, formatted, lines);
  }

  /** A logger is about to hand what it keeps, and all that comes, to one more transport. */
  onTransport(logger: WinstonLogger, transport: unknown): void {
    try {
      this.#lines.onTransport(logger, transport);
    } catch {
      // As above.
    }
  }

  /** Whether a console line is that of a log call: the one being made, or one made a moment ago. */
  says(printed: string, args: readonly unknown[]): boolean {
    const open = this.#open;
    if (open !== undefined && isLineOf(open, printed, args)) {
      open.lines++;
      return true;
    }
    return this.#lines.take(printed);
  }
}

// A transport hands over the info or its text, however often; or, once each, a line of its own words
// that has the message in it. More of these are about something else: "sent", "is ok".
function isLineOf(call: LogCall, printed: string, args: readonly unknown[]): boolean {
  const { info, formatted = info, logger } = call;
  for (let i = 0; i < args.length; i++) {
    if (args[i] === info || args[i] === formatted) return true;
  }
  const { [MESSAGE]: text, message } = formatted;
  if (printed !== '' && (printed === text || printed === message)) return true;
  const isWorded = says(printed, text) || says(printed, message);
  return isWorded && call.lines < transportsOf(logger).length;
}
