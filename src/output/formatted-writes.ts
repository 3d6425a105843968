import { isMainThread } from 'node:worker_threads';
import { CONSOLE_METHODS, type ConsoleMethod } from '../console/methods.js';
import { type Holder, type Method, symbolNamed } from '../console/patch.js';
import type { ConsoleCall } from '../console/record.js';
import { symbolToString } from '../convert/intrinsics.js';
import { dataProperty } from '../convert/objects.js';
import type { LogRecord, SpanIds } from '../log-record.js';
import { ownWork } from '../own-work.js';
import type { ConsoleOutput } from './console-output.js';
import { type NestedCall, printingCall } from './printing-call.js';

/** A call as the bridge keeps it. */
export interface PrintingCall extends ConsoleCall, NestedCall {
  readonly parent: PrintingCall | undefined;
}

/** What formatted writes need of the bridge. */
export interface FormattingBridge {
  readonly output: ConsoleOutput;
  readonly clock: { read(): void; readonly high: number; readonly low: number };
  activeSpan(): SpanIds | undefined;
  /** The innermost call that has begun. */
  openCall(): PrintingCall | undefined;
  toRecord(call: PrintingCall, printed: string): LogRecord | undefined;
  /** Whether a logger prints it, whose own format it has. */
  readonly isSaidByLogger?: ((printed: string, args: readonly unknown[]) => boolean) | undefined;
}

interface Line {
  /** Undefined: nobody is to see it. */
  readonly text: string | undefined;
  readonly record: LogRecord | undefined;
}

interface Write {
  readonly target: Holder;
  readonly isStdout: boolean;
  readonly printed: string;
}

const { apply, set } = Reflect;
const LOG = CONSOLE_METHODS.find(method => method.name === 'log')!;
const ERROR = CONSOLE_METHODS.find(method => method.name === 'error')!;
const STDOUT = 'Symbol(kUseStdout)';
/** More than writing to a stream takes, in frames of a small function. */
const WRITE_FRAMES = 100;
const REFUSED: Line = { text: undefined, record: undefined };

/**
 * Writes of one console, or of the consoles of one prototype, that go to the process's own output:
 * the line of a record takes the place of the text. Who opens a console on a file has a format of
 * his own.
 */
export class FormattedWrites {
  readonly #bridge: FormattingBridge;
  readonly #original: Method;
  readonly #isGlobal: boolean;
  readonly #inspectOptions: symbol | undefined;
  readonly #indentation: symbol | undefined;

  constructor(bridge: FormattingBridge, holder: Holder, original: Method) {
    const globalConsole = globalThis.console as unknown as Holder;
    this.#bridge = bridge;
    this.#original = original;
    this.#isGlobal = holder === globalConsole;
    this.#inspectOptions = symbolNamed(holder, 'kGetInspectOptions');
    // The first is Node 20's. Consoles have it, their prototype has not.
    this.#indentation =
      symbolNamed(globalConsole, 'kGroupIndent') ??
      symbolNamed(globalConsole, 'kGroupIndentationString');
  }

  /** Stands in for the method through which the console writes. */
  inPlaceOf(unformatted: Method): Method {
    const writes = this;
    const replacement = {
      write(this: unknown, ...args: unknown[]) {
        if (ownWork.isRunning) return undefined;
        const streamSymbol = args[0];
        const printed = args[1];
        if (typeof printed === 'string' && writes.#covers(this as Holder, streamSymbol)) {
          if (writes.#isSaidByLogger(printed)) return apply(writes.#original, this, args);
          return writes.#write(this as Holder, streamSymbol, printed);
        }
        return apply(unformatted, this, args);
      },
    };
    return replacement.write;
  }

  #isSaidByLogger(printed: string): boolean {
    const { isSaidByLogger, openCall } = this.#bridge;
    try {
      return isSaidByLogger?.(printed, openCall()?.args ?? []) === true;
    } catch {
      return false;
    }
  }

  #covers(target: Holder, streamSymbol: unknown): boolean {
    if (this.#isGlobal) return true;
    try {
      return isProcessOutput(isStdout(streamSymbol) ? target._stdout : target._stderr);
    } catch {
      // A getter of a subclass: it throws again where Node reads it.
      return false;
    }
  }

  #write(target: Holder, streamSymbol: unknown, printed: string): unknown {
    const line = this.#line({ target, isStdout: isStdout(streamSymbol), printed });
    if (line.text === undefined) return undefined;
    needStack(WRITE_FRAMES);
    const before = this.#unindent(target);
    try {
      return apply(this.#original, target, [streamSymbol, line.text]);
    } finally {
      if (before !== '') this.#indent(target, before);
      if (line.record !== undefined) this.#send(line.record);
    }
  }

  #line(write: Write): Line {
    const bridge = this.#bridge;
    ownWork.isRunning = true;
    try {
      return this.#recordedLine(write);
    } catch {
      // Too little stack, most likely: the text alone takes less, and what is logged is not lost.
      const severity = methodOf(write).severityNumber;
      return { text: bridge.output.bareLine(write.printed, severity), record: undefined };
    } finally {
      ownWork.isRunning = false;
    }
  }

  #recordedLine(write: Write): Line {
    const { target, printed } = write;
    const bridge = this.#bridge;
    const open = bridge.openCall();
    const call = open === undefined ? this.#unseenCall(write) : printingCall(open);
    const record = bridge.toRecord(call, printed);
    if (record === undefined) return REFUSED;
    const first = call.args[0];
    const text = bridge.output.line({
      record,
      printed,
      argument: call.args.length === 1 && typeof first === 'string' ? first : undefined,
      indentation: this.#indentationOf(target),
      hasColours: bridge.output.hasColours && this.#hasColours(write),
    });
    return { text, record };
  }

  // Of a method that somebody took from the console before us.
  #unseenCall(write: Write): PrintingCall {
    const { clock } = this.#bridge;
    clock.read();
    return {
      method: methodOf(write),
      target: write.target,
      args: [write.printed],
      timeHigh: clock.high,
      timeLow: clock.low,
      span: this.#bridge.activeSpan(),
      callee: undefined,
      printed: undefined,
      parent: undefined,
    };
  }

  #send(record: LogRecord): void {
    const bridge = this.#bridge;
    ownWork.isRunning = true;
    try {
      bridge.output.send(record);
    } catch {
      // A record is never worth an error in the application.
    } finally {
      ownWork.isRunning = false;
    }
  }

  // As the console itself decides for what it inspects: by the terminal, NO_COLOR and the like.
  #hasColours({ target, isStdout }: Write): boolean {
    const key = this.#inspectOptions;
    if (key === undefined) return false;
    const stream = isStdout ? target._stdout : target._stderr;
    return (apply(target[key] as Method, target, [stream]) as { colors?: unknown }).colors === true;
  }

  #indentationOf(target: Holder): string {
    const indentation = this.#indentation === undefined ? '' : target[this.#indentation];
    return typeof indentation === 'string' ? indentation : '';
  }

  // Node puts the indentation of groups in front of each line, ours included.
  #unindent(target: Holder): string {
    const before = this.#indentationOf(target);
    return before !== '' && set(target, this.#indentation!, '') ? before : '';
  }

  // A stream of the application's may have opened a group meanwhile.
  #indent(target: Holder, before: string): void {
    set(target, this.#indentation!, before + this.#indentationOf(target));
  }
}

function isStdout(streamSymbol: unknown): boolean {
  return typeof streamSymbol === 'symbol' && symbolToString(streamSymbol) === STDOUT;
}

// Not by comparison with `process.stdout`, where avoidable: to look at it opens it.
function isProcessOutput(stream: unknown): boolean {
  if (typeof stream !== 'object' || stream === null) return false;
  if (isMainThread) return dataProperty(stream, '_isStdio') === true;
  return stream === process.stdout || stream === process.stderr;
}

function methodOf({ isStdout }: Write): ConsoleMethod {
  return isStdout ? LOG : ERROR;
}

/**
 * Throws where too little stack is left, as the console does: a stream in whose midst it ran out would
 * write nothing ever after (Node 26), and we stand deeper than the console does.
 */
function needStack(frames: number): number {
  return frames === 0 ? 0 : needStack(frames - 1) + 1;
}
