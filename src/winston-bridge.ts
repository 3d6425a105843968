import type { LogContext } from './context/log-context.js';
import type { Limits } from './convert/limits.js';
import type { LogFields, LogRecord, SpanIds } from './log-record.js';
import { onPackageLoad } from './module-loads/module-loads.js';
import type { SeverityNumber } from './severity.js';
import { LogCalls } from './winston/log-calls.js';
import { LoggerClass } from './winston/logger-class.js';

/** What the bridge needs of the rest. None of these may throw. */
export interface WinstonBridgeOptions extends Limits {
  readonly clock: { read(): void; readonly high: number; readonly low: number };
  readonly context: Pick<LogContext, 'current' | 'enter'>;
  readonly crash: { hasTold(error: unknown): boolean; settle(isFatal: boolean): void };
  activeSpan(): SpanIds | undefined;
  /** Whether a record of that severity may be sent. */
  wants(severity: SeverityNumber): boolean;
  emit(record: LogRecord): void;
  /** Whether the application sends its records of OpenTelemetry's API itself. */
  isApiClaimed(): boolean;
}

/** The scope under which the transport of OpenTelemetry logs. */
const TRANSPORT_SCOPE = '@opentelemetry/winston-transport';

/** What is bound at a log call. */
export type Bound = LogFields | undefined;

/**
 * Makes a record of each call of a winston 3 logger that winston puts out, whichever way the logger was
 * made: all of them inherit from one class, one for each copy of winston.
 */
export class WinstonBridge {
  readonly #calls: LogCalls;
  readonly #seen = new WeakSet<object>();
  #isBridging = false;

  constructor(options: WinstonBridgeOptions) {
    this.#calls = new LogCalls(options);
  }

  install(): void {
    onPackageLoad('winston', 'lib/winston/logger.js', exports => {
      const loggers = LoggerClass.of(exports);
      if (loggers === undefined || this.#seen.has(loggers.prototype)) return;
      this.#seen.add(loggers.prototype);
      loggers.bridge(this.#calls);
      this.#isBridging = true;
    });
  }

  /** Whether a console line is what a log call says, put out by one of its transports. */
  isSaidByLogger(printed: string, args: readonly unknown[]): boolean {
    return this.#isBridging && this.#calls.says(printed, args);
  }

  /** Whether a record of OpenTelemetry's API is that of a log call which has one. */
  isOfTransport(record: LogRecord): boolean {
    return this.#isBridging && record.scope.name === TRANSPORT_SCOPE;
  }

  /** Nothing that a slow transport keeps back stays unsaid, as at the end of the process. */
  settle(): void {
    if (this.#isBridging) this.#calls.settle();
  }
}
