import { createRequire } from 'node:module';
import type { Holder, Method } from '../console/patch.js';
import {
  apply,
  charCodeAt,
  mapClear,
  mapGet,
  mapSet,
  objectKeys,
  parseJson,
  sliceText,
} from '../convert/intrinsics.js';
import { MAX_BODY_LENGTH } from '../convert/limits.js';
import { type LogFields, type LoggedContent, namedScope } from '../log-record.js';
import { replaceMethod } from '../methods/replace-method.js';
import { onPackageLoad } from '../module-loads/module-loads.js';
import { ownWork } from '../own-work.js';
import { jsonBindings, jsonContent, type Roles } from './json-content.js';
import { type LevelSeverity, severityOfLevel } from './level-severity.js';
import { emitLogged, type LoggerBridgeOptions, type Moment, momentOf } from './logger-bridge.js';
import { asLoggerOutput } from './logger-output.js';

type PinoSymbols = Record<
  | 'asJsonSym'
  | 'writeSym'
  | 'lsCacheSym'
  | 'chindingsSym'
  | 'messageKeySym'
  | 'errorKeySym'
  | 'hooksSym',
  symbol
>;
type Pino = Record<PropertyKey, unknown> & {
  readonly levels?: { readonly labels?: Record<number, unknown> };
};
type Json = Record<string, unknown>;

interface PinoCall {
  readonly line: string;
  /** Object, message, level, and the text of the time. */
  readonly args: readonly unknown[];
  readonly level: LevelSeverity['level'];
}

const SCOPE = namedScope('pino');
const COMMA = 0x2c;
/** Of bindings that are remembered; children that live for one request come and go. */
const MAX_BINDINGS = 256;
/** Longer lines are cut in any case, and to parse them takes time. */
const MAX_PARSED = 1024 * 1024;

/**
 * Makes a record of each line that pino makes, from the line itself: serializers, formatters, mixins
 * and redaction have all been at work, so nothing of the program runs twice, and what they hide stays
 * hidden. It is made where the line is made, whatever stream, thread or file it is written to.
 */
export function bridgePino(options: LoggerBridgeOptions): void {
  onPackageLoad('pino', 'lib/proto.js', (createInstance, path) => {
    const symbols = createRequire(path)('./symbols') as PinoSymbols;
    const instance = (createInstance as () => object)();
    new PinoBridge(options, symbols).install(Object.getPrototypeOf(instance) as Holder);
  });
}

class PinoBridge {
  readonly #options: LoggerBridgeOptions;
  readonly #symbols: PinoSymbols;
  readonly #bindings = new Map<string, LogFields>();

  constructor(options: LoggerBridgeOptions, symbols: PinoSymbols) {
    this.#options = options;
    this.#symbols = symbols;
  }

  install(prototype: Holder): void {
    const { asJsonSym, writeSym } = this.#symbols;
    this.#watchLines(prototype, asJsonSym);
    if (this.#options.hasStdio) asLoggerOutput(prototype, writeSym);
  }

  #watchLines(prototype: Holder, key: symbol): void {
    const original = prototype[key] as Method;
    const bridge = this;
    const { asJson } = {
      asJson(this: unknown, ...args: unknown[]): unknown {
        if (ownWork.isRunning) return apply(original, this, args);
        const { severityNumber, level } = severityOf(this as Pino, args[2]);
        if (!bridge.#options.wants(severityNumber)) return apply(original, this, args);
        const moment = bridge.#moment();
        const line = apply(original, this, args);
        if (moment === undefined || typeof line !== 'string') return line;
        ownWork.isRunning = true;
        try {
          const content = bridge.#contentOf(this as Pino, { line, args, level });
          const callee = asJson as Method;
          emitLogged(bridge.#options, { scope: SCOPE, moment, severityNumber, callee, content });
        } catch {
          // A record is never worth an error in the application.
        } finally {
          ownWork.isRunning = false;
        }
        return line;
      },
    };
    replaceMethod(prototype, key, asJson);
  }

  #moment(): Moment | undefined {
    ownWork.isRunning = true;
    try {
      return momentOf(this.#options);
    } catch {
      return undefined;
    } finally {
      ownWork.isRunning = false;
    }
  }

  // What formatters and hooks of the program's make of a line need not be JSON.
  #contentOf(pino: Pino, call: PinoCall): LoggedContent {
    const hook = (pino[this.#symbols.hooksSym] as { streamWrite?: unknown } | undefined)
      ?.streamWrite;
    const line = typeof hook === 'function' ? writtenLine(hook, call.line) : call.line;
    if (line.length > MAX_PARSED) return textContent(line, true);
    try {
      return line === call.line
        ? this.#callContent(pino, call)
        : this.#wholeContent(pino, line, call);
    } catch {
      return textContent(line, line.length > MAX_BODY_LENGTH);
    }
  }

  // What is before the call's own part is known: the level, the time, and the bindings.
  #callContent(pino: Pino, { line, args, level }: PinoCall): LoggedContent {
    const chindings = pino[this.#symbols.chindingsSym] as string;
    const start = length(this.#levelText(pino, args)) + length(args[3]) + length(chindings);
    const text = charCodeAt(line, start) === COMMA ? `{${sliceText(line, start + 1)}` : '{}';
    const own = parseJson(text) as Json;
    const bindings = this.#bindingsOf(chindings);
    const content = jsonContent({ own, bindings, level }, this.#rolesOf(pino), this.#options);
    // A call without a message is known by what it says.
    return content.body === undefined && text !== '{}'
      ? { ...content, body: withoutBreak(text) }
      : content;
  }

  // A hook may have changed any of it.
  #wholeContent(pino: Pino, line: string, { args, level }: PinoCall): LoggedContent {
    const own = parseJson(line) as Json;
    const head = parseJson(`${this.#levelText(pino, args)}${args[3] ?? ''}}`) as Json;
    const keys = objectKeys(head);
    for (let i = 0; i < keys.length; i++) delete own[keys[i]!];
    const parts = { own, bindings: undefined, level };
    const content = jsonContent(parts, this.#rolesOf(pino), this.#options);
    return content.body === undefined ? { ...content, body: withoutBreak(line) } : content;
  }

  #levelText(pino: Pino, args: readonly unknown[]): string {
    return (pino[this.#symbols.lsCacheSym] as Record<number, string>)[args[2] as number]!;
  }

  #rolesOf(pino: Pino): Roles {
    const { messageKeySym, errorKeySym } = this.#symbols;
    return {
      messageKey: textOr(pino[messageKeySym], 'msg'),
      errorKey: textOr(pino[errorKeySym], 'err'),
    };
  }

  #bindingsOf(chindings: string): LogFields | undefined {
    if (chindings === '') return undefined;
    const known = mapGet(this.#bindings, chindings) as LogFields | undefined;
    if (known !== undefined) return known;
    if (this.#bindings.size >= MAX_BINDINGS) mapClear(this.#bindings);
    const fields = jsonBindings(parseJson(`{${sliceText(chindings, 1)}}`), this.#options);
    mapSet(this.#bindings, chindings, fields);
    return fields;
  }
}

function severityOf({ levels }: Pino, number: unknown): LevelSeverity {
  return severityOfLevel(levels?.labels?.[number as number], number);
}

// Once more than pino itself calls it: what it hides is not ours to see. It makes a text of a text.
function writtenLine(hook: unknown, line: string): string {
  const written = apply(hook as Method, undefined, [line]);
  return typeof written === 'string' ? written : '';
}

function textContent(line: string, isTruncated: boolean): LoggedContent {
  return {
    body: withoutBreak(line),
    attributes: undefined,
    exception: undefined,
    isTruncated,
    droppedAttributes: 0,
  };
}

function withoutBreak(text: string): string {
  if (text[text.length - 1] !== '\n') return sliceText(text, 0, MAX_BODY_LENGTH);
  const end = text.length - (text[text.length - 2] === '\r' ? 2 : 1);
  return sliceText(text, 0, end < MAX_BODY_LENGTH ? end : MAX_BODY_LENGTH);
}

function length(text: unknown): number {
  return typeof text === 'string' ? text.length : 0;
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}
