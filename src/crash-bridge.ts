import { describeException } from './convert/exception.js';
import { errorFields } from './convert/fields.js';
import { Budget, type Limits } from './convert/limits.js';
import { isError } from './convert/objects.js';
import {
  LogFields,
  type LoggedAt,
  type LoggedContent,
  type LogRecord,
  namedScope,
  newRecord,
  type SpanIds,
} from './log-record.js';
import { asOwnWork } from './own-work.js';
import { ERROR, FATAL, type SeverityNumber } from './severity.js';

// Taken once: the application's tests may replace it by a timer that never fires.
const inNextTurn = setImmediate;

const SCOPE = namedScope('process');

/** What the bridge needs of the rest. None of these may throw. */
export interface CrashBridgeOptions extends Limits {
  readonly clock: { read(): void; readonly high: number; readonly low: number };
  /** In a worker thread an error ends the thread, not the process: never more than ERROR. */
  readonly isMainThread: boolean;
  activeSpan(): SpanIds | undefined;
  emit(record: LogRecord): void;
}

interface Thrown {
  readonly at: LoggedAt;
  /** Its attributes are what the application added to its error. */
  readonly content: LoggedContent & { readonly attributes: LogFields };
  readonly origin: string;
}

/**
 * Makes one record of a thrown error that nobody caught: FATAL if it ends the process, ERROR with
 * `exception.handled` if the application lives on. Which it is shows only when the application's
 * own handlers have run, or called `process.exit()`; the time is that of the throw.
 */
export class CrashBridge {
  readonly #options: CrashBridgeOptions;
  #pending: Thrown | undefined;
  /** The latest. */
  #told: { readonly error: unknown } | undefined;

  constructor(options: CrashBridgeOptions) {
    this.#options = options;
  }

  onThrown(error: unknown, origin: string): void {
    this.settle(false);
    try {
      this.#pending = asOwnWork(() => this.#describe(error, origin));
      this.#told = { error };
    } catch {
      // Nothing about a dying process may get worse by our looking at it.
    }
    this.#settleIfOverlooked(this.#pending);
  }

  // Node's own REPL, for instance, catches errors in a way nobody can follow (Node 26). Whoever still
  // runs in the next turn of the loop has lived on.
  #settleIfOverlooked(thrown: Thrown | undefined): void {
    const settle = () => {
      if (this.#pending === thrown) this.settle(false);
    };
    inNextTurn(settle).unref();
  }

  /** Whether this is the error thrown last: it has a record, or will have one. */
  hasTold(error: unknown): boolean {
    return this.#told !== undefined && this.#told.error === error;
  }

  /** @param isFatal Whether the process ends of it. */
  settle(isFatal: boolean): void {
    const thrown = this.#pending;
    if (thrown === undefined) return;
    this.#pending = undefined;

    const severityNumber = isFatal && this.#options.isMainThread ? FATAL : ERROR;
    try {
      const record = toRecord(thrown, severityNumber, isFatal);
      asOwnWork(() => this.#options.emit(record));
    } catch {
      // A record is never worth an error in the application, here least of all.
    }
  }

  #describe(error: unknown, origin: string): Thrown {
    const { clock } = this.#options;
    clock.read();
    const budget = new Budget(this.#options);
    const exception = describeException(error, budget);
    const attributes = new LogFields();
    if (isError(error)) errorFields(error, budget, attributes);
    const content = {
      body: `${exception.type}: ${exception.message}`,
      attributes,
      exception,
      isTruncated: budget.isTruncated,
      droppedAttributes: budget.droppedAttributes,
    };
    const span = this.#options.activeSpan();
    const at = { timeHigh: clock.high, timeLow: clock.low, span, callee: null };
    return { at, content, origin };
  }
}

function toRecord(thrown: Thrown, severityNumber: SeverityNumber, isFatal: boolean): LogRecord {
  const { at, content, origin } = thrown;
  content.attributes.add('exception.handled', !isFatal);
  content.attributes.add('exception.origin', origin);
  return newRecord({ scope: SCOPE, severityNumber, at, content });
}
