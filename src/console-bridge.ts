import { Console } from 'node:console';
import { syncBuiltinESMExports } from 'node:module';
import { types } from 'node:util';
import { consoleData, noteTimer } from './console-data.js';
import { CONSOLE_METHODS, type ConsoleMethod } from './console-methods.js';
import { type ContentOptions, readConsoleArguments } from './convert/console-arguments.js';
import type { LogRecord, Scope, SpanIds } from './log-record.js';
import { type SeverityNumber, severityText, WARN } from './severity.js';

/** What the bridge needs of the rest. None of these may throw. */
export interface ConsoleBridgeOptions extends ContentOptions {
  readonly minimumSeverity: SeverityNumber;
  readonly hasConsoleInstances: boolean;
  readonly clock: { read(): void; readonly high: number; readonly low: number };
  activeSpan(): SpanIds | undefined;
  emit(record: LogRecord): void;
}

/** A console call that has begun and not yet returned. */
interface OpenCall {
  readonly method: ConsoleMethod;
  readonly target: unknown;
  readonly args: readonly unknown[];
  readonly timeHigh: number;
  readonly timeLow: number;
  readonly span: SpanIds | undefined;
  readonly parent: OpenCall | undefined;
  /** What it printed, without group indentation; undefined if nothing so far. */
  printed: string | undefined;
  /** The latest call made inside by the method this one prints through. */
  inner: OpenCall | undefined;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;
type Holder = Record<PropertyKey, unknown>;

const SCOPE: Scope = { name: 'console' };
/** Node prints process warnings through `console.error` up to version 24. */
const PROCESS_WARNING_PREFIX = `(node:${process.pid}) `;
/** Contains a character that no printed stack contains. */
const NO_PATH = '\0';
const apply = Reflect.apply;

/**
 * How a stack names this file. Learned from a stack made here, because `--enable-source-maps`
 * names sources and not bundles.
 */
let ownPath: string | undefined;

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
  readonly #printedBody: ContentOptions;
  #open: OpenCall | undefined;

  constructor(options: ConsoleBridgeOptions) {
    this.#options = options;
    this.#printedBody = {
      maxAttributes: options.maxAttributes,
      maxValueLength: options.maxValueLength,
      body: 'full',
    };
  }

  install(holder: Holder): () => void {
    const undos = [this.#watchWrites(holder), this.#watchTimers(holder)];
    for (const method of CONSOLE_METHODS) undos.push(this.#bridgeMethod(holder, method));
    return () => {
      for (const undo of undos) undo();
    };
  }

  #bridgeMethod(holder: Holder, method: ConsoleMethod): () => void {
    const original = holder[method.name];
    if (typeof original !== 'function') return noop;
    const bridge = this;
    return replaceMethod(holder, method.name, original as Method, {
      [method.name](this: unknown, ...args: unknown[]) {
        const parent = bridge.#open;
        const call = bridge.#begin(method, this, args, parent);
        if (method.name === 'error' && parent?.method.name === 'trace') {
          args[0] = withoutOurFrame(args[0]);
        }
        const limit = method.name === 'trace' ? raiseStackTraceLimit() : undefined;
        let result: unknown;
        try {
          result = apply(original as Method, this, args);
        } finally {
          bridge.#open = parent;
          if (limit !== undefined) Error.stackTraceLimit = limit;
        }
        bridge.#end(call);
        return result;
      },
    });
  }

  #begin(
    method: ConsoleMethod,
    target: unknown,
    args: readonly unknown[],
    parent: OpenCall | undefined,
  ): OpenCall {
    const { clock } = this.#options;
    clock.read();
    const call: OpenCall = {
      method,
      target,
      args,
      timeHigh: clock.high,
      timeLow: clock.low,
      span: this.#options.activeSpan(),
      parent,
      printed: undefined,
      inner: undefined,
    };
    this.#open = call;
    return call;
  }

  // A method that prints through another ends with that other's call; calls of it that came
  // earlier were made by the application's own code, for instance an `inspect.custom` that logs.
  #end(call: OpenCall): void {
    const { inner, parent } = call;
    if (inner !== undefined) {
      call.printed = inner.printed;
      call.inner = undefined;
    }
    if (parent !== undefined && parent.method.printsThrough === call.method.name) {
      if (parent.inner !== undefined) this.#record(parent.inner);
      parent.inner = call;
      return;
    }
    this.#record(call);
  }

  #record(call: OpenCall): void {
    if (call.printed === undefined) return;
    try {
      const record = this.#toRecord(call, call.printed);
      if (record !== undefined) this.#options.emit(record);
    } catch {
      // A record is never worth an error in the application.
    }
  }

  #toRecord(call: OpenCall, printed: string): LogRecord | undefined {
    const { method } = call;
    const options = this.#options;
    const ofMethod = methodSeverity(call);
    // A JSON line may name a higher level than its method has.
    const mayBeJson = call.args.length === 1 && typeof call.args[0] === 'string';
    if (ofMethod < options.minimumSeverity && !mayBeJson) return undefined;

    const content = readConsoleArguments(
      loggedArguments(call),
      printed,
      method.isBodyPrinted ? this.#printedBody : options,
      method.data === undefined ? undefined : consoleData(method, call.target, call.args, printed),
    );
    const severityNumber = content.severityNumber ?? ofMethod;
    if (severityNumber < options.minimumSeverity) return undefined;
    return {
      scope: SCOPE,
      timeUnixNanoHigh: call.timeHigh,
      timeUnixNanoLow: call.timeLow,
      severityNumber,
      severityText: severityText(severityNumber),
      body: content.body,
      attributes: content.attributes,
      exception: content.exception,
      iostream: method.iostream,
      span: call.span,
      isTruncated: content.isTruncated,
      droppedAttributes: content.droppedAttributes,
    };
  }

  // Everything a console prints goes through one method under a symbol. What passes there is the
  // finished text, so nothing is formatted twice, and no `inspect.custom` runs twice.
  #watchWrites(holder: Holder): () => void {
    const symbol = Object.getOwnPropertySymbols(holder).find(
      candidate => candidate.description === 'kWriteToConsole',
    );
    const original = symbol === undefined ? undefined : holder[symbol];
    if (symbol === undefined || typeof original !== 'function') return noop;
    const bridge = this;
    return replaceMethod(holder, symbol, original as Method, {
      [symbol](this: unknown, ...args: unknown[]) {
        const call = bridge.#open;
        if (call !== undefined && typeof args[1] === 'string') call.printed = args[1];
        return apply(original as Method, this, args);
      },
    });
  }

  #watchTimers(holder: Holder): () => void {
    const original = holder.time;
    if (typeof original !== 'function') return noop;
    return replaceMethod(holder, 'time', original as Method, {
      time(this: unknown, ...args: unknown[]) {
        const result = apply(original as Method, this, args);
        noteTimer(this, args[0]);
        return result;
      },
    });
  }
}

// As a shorthand method: like Node's own it is no constructor and has no prototype.
function replaceMethod(
  holder: Holder,
  key: PropertyKey,
  original: Method,
  replacement: Record<PropertyKey, Method>,
): () => void {
  const bridged = replacement[key]!;
  Object.defineProperty(bridged, 'length', { value: original.length, configurable: true });
  Object.defineProperty(bridged, 'name', { value: original.name, configurable: true });
  holder[key] = bridged;
  return () => {
    // If someone wrapped us since, restoring the original would cut them out too.
    if (holder[key] === bridged) holder[key] = original;
  };
}

// `console.trace` prints the frames above it, and ours is the first of them: one more is asked for,
// and ours is taken out on the way to `console.error`.
function raiseStackTraceLimit(): number | undefined {
  const limit = Error.stackTraceLimit;
  if (typeof limit !== 'number') return undefined;
  Error.stackTraceLimit = limit + 1;
  return limit;
}

function withoutOurFrame(stack: unknown): unknown {
  if (typeof stack !== 'string') return stack;
  ownPath ??= pathOfFirstFrame(new Error().stack);
  const lines = stack.split('\n');
  const index = lines.findIndex(line => line.startsWith('    at ') && line.includes(ownPath!));
  if (index > 0) lines.splice(index, 1);
  return lines.join('\n');
}

function pathOfFirstFrame(stack: unknown): string {
  const frame = typeof stack === 'string' ? stack.split('\n')[1] : undefined;
  return /(?:\(|at )([^(]+?):\d+:\d+\)?$/.exec(frame ?? '')?.[1] ?? NO_PATH;
}

function methodSeverity(call: OpenCall): SeverityNumber {
  const first = call.args[0];
  if (
    call.method.name === 'error' &&
    call.args.length === 1 &&
    typeof first === 'string' &&
    first.startsWith(PROCESS_WARNING_PREFIX)
  ) {
    return WARN;
  }
  return call.method.severityNumber;
}

function loggedArguments(call: OpenCall): readonly unknown[] {
  const { method, args } = call;
  if (method.isSingleArgument) {
    return types.isProxy(args[0]) ? [] : args.slice(0, 1);
  }
  return method.skippedArguments === undefined ? args : args.slice(method.skippedArguments);
}

function noop(): void {}
