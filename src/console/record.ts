import {
  type AddFields,
  type ContentOptions,
  readConsoleArguments,
} from '../convert/console-arguments.js';
import { startsWith } from '../convert/intrinsics.js';
import { type AnyFunction, type LogRecord, namedScope, type SpanIds } from '../log-record.js';
import { type SeverityNumber, severityText, WARN } from '../severity.js';
import { processWarnings } from '../warnings/process-warnings.js';
import { warningRecord } from '../warnings/warning-record.js';
import { addConsoleData } from './data.js';
import type { ConsoleMethod } from './methods.js';

export interface ConsoleRecordOptions extends ContentOptions {
  /** Whether a record of that severity may be sent. */
  wants(severity: SeverityNumber): boolean;
}

/** What is known of a console call. */
export interface ConsoleCall {
  readonly method: ConsoleMethod;
  readonly target: unknown;
  readonly args: readonly unknown[];
  readonly timeHigh: number;
  readonly timeLow: number;
  readonly span: SpanIds | undefined;
  /** The function that was called: see `LogRecord`. */
  readonly callee: AnyFunction | null | undefined;
  /** What it printed, without group indentation; undefined if nothing so far. */
  printed: string | undefined;
}

const SCOPE = namedScope('console');
/** Node prints process warnings through `console.error`, unless it writes them to a file. */
const PROCESS_WARNING_PREFIX = `(node:${process.pid}) `;

/** Makes records of console calls. */
export class ConsoleRecords {
  readonly #options: ConsoleRecordOptions;
  readonly #printedBody: ContentOptions;

  constructor(options: ConsoleRecordOptions) {
    this.#options = options;
    this.#printedBody = {
      maxAttributes: options.maxAttributes,
      maxValueLength: options.maxValueLength,
      body: 'full',
    };
  }

  /** @param printed What the call wrote; undefined is answered if its record is certainly not wanted. */
  toRecord(call: ConsoleCall, printed: string): LogRecord | undefined {
    const { method } = call;
    const options = this.#options;
    const passing = isProcessWarning(call) ? processWarnings.passing : undefined;
    if (passing !== undefined && !passing.isTold) {
      passing.isTold = true;
      return options.wants(WARN)
        ? warningRecord(passing.warning, call, { limits: options, printed })
        : undefined;
    }
    const ofMethod = methodSeverity(call);
    // A JSON line may name a higher level than its method has.
    const mayBeJson = call.args.length === 1 && typeof call.args[0] === 'string';
    if (!options.wants(ofMethod) && !mayBeJson) return undefined;

    const content = readConsoleArguments(
      loggedArguments(call),
      printed,
      method.isBodyPrinted ? this.#printedBody : options,
      method.data === undefined ? undefined : dataOf(call, printed),
    );
    const severityNumber = content.severityNumber ?? ofMethod;
    // By `newRecord` it would take a tenth longer, and it is the commonest record by far.
    return {
      scope: SCOPE,
      timeUnixNanoHigh: call.timeHigh,
      timeUnixNanoLow: call.timeLow,
      severityNumber,
      severityText: severityText(severityNumber),
      body: content.body,
      attributes: content.attributes,
      exception: content.exception,
      method: method.name,
      iostream: method.iostream,
      span: call.span,
      eventName: undefined,
      isTruncated: content.isTruncated,
      droppedAttributes: content.droppedAttributes,
      callee: call.callee,
      callSite: undefined,
      formerKeys: undefined,
      noise: undefined,
    };
  }
}

// Apart from `toRecord`: a function that makes a closure allocates what it captures, made or not.
function dataOf({ method, target, args }: ConsoleCall, printed: string): AddFields {
  return (fields, budget) => addConsoleData(fields, budget, method, { target, args, printed });
}

function methodSeverity(call: ConsoleCall): SeverityNumber {
  return isProcessWarning(call) ? WARN : call.method.severityNumber;
}

function isProcessWarning({ method, args }: ConsoleCall): boolean {
  const first = args[0];
  return (
    method.name === 'error' &&
    args.length === 1 &&
    typeof first === 'string' &&
    startsWith(first, PROCESS_WARNING_PREFIX)
  );
}

function loggedArguments({ method, args }: ConsoleCall): readonly unknown[] {
  if (method.isSingleArgument) return args.length > 1 ? [args[0]] : args;
  if (method.skippedArguments === undefined) return args;
  const logged: unknown[] = [];
  for (let i = method.skippedArguments; i < args.length; i++) logged[logged.length] = args[i];
  return logged;
}
