import { createRequire } from 'node:module';
import { type Holder, type Method, replaceMethod } from '../console-patch.js';
import {
  apply,
  charCodeAt,
  mapClear,
  mapGet,
  mapSet,
  parseJson,
  sliceText,
} from '../convert/intrinsics.js';
import { MAX_BODY_LENGTH } from '../convert/limits.js';
import { type LogFields, namedScope } from '../log-record.js';
import { onPackageLoad } from '../module-loads/module-loads.js';
import { ownWork } from '../own-work.js';
import { jsonBindings, jsonContent } from './json-content.js';
import { type LevelSeverity, severityOfLevel } from './level-severity.js';
import {
  type Content,
  emitLogged,
  type LoggerBridgeOptions,
  type Moment,
  momentOf,
} from './logger-bridge.js';
import { asLoggerOutput } from './logger-output.js';

type PinoSymbols = Record<
  'asJsonSym' | 'writeSym' | 'lsCacheSym' | 'chindingsSym' | 'messageKeySym' | 'errorKeySym',
  symbol
>;
type Pino = Record<PropertyKey, unknown> & {
  readonly levels?: { readonly labels?: Record<number, unknown> };
};
type Json = Record<string, unknown>;

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
    replaceMethod(prototype, key, original, asJson);
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

  // What is before the call's own part is known: the level, the time, and the bindings.
  #contentOf(
    pino: Pino,
    call: { readonly line: string; readonly args: readonly unknown[]; readonly level?: LevelName },
  ): Content {
    const { lsCacheSym, chindingsSym, messageKeySym, errorKeySym } = this.#symbols;
    const { line, args, level } = call;
    const levelText = (pino[lsCacheSym] as Record<number, string>)[args[2] as number];
    const chindings = pino[chindingsSym] as string;
    const start = length(levelText) + length(args[3]) + length(chindings);
    const text = charCodeAt(line, start) === COMMA ? `{${sliceText(line, start + 1)}` : '{}';
    if (text.length > MAX_PARSED) return cutContent(line);
    const own = parseJson(text) as Json;
    const roles = {
      messageKey: textOr(pino[messageKeySym], 'msg'),
      errorKey: textOr(pino[errorKeySym], 'err'),
    };
    const bindings = this.#bindingsOf(chindings);
    const content = jsonContent({ own, bindings, level }, roles, this.#options);
    // A call without a message is known by what it says.
    return content.body === undefined && text !== '{}'
      ? { ...content, body: withoutBreak(text) }
      : content;
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

type LevelName = LevelSeverity['level'];

function severityOf({ levels }: Pino, number: unknown): LevelSeverity {
  return severityOfLevel(levels?.labels?.[number as number], number);
}

function cutContent(line: string): Content {
  return {
    body: sliceText(line, 0, MAX_BODY_LENGTH),
    attributes: undefined,
    exception: undefined,
    isTruncated: true,
    droppedAttributes: 0,
  };
}

function withoutBreak(text: string): string {
  const end = text.length - (text[text.length - 2] === '\r' ? 2 : 1);
  return sliceText(text, 0, end < MAX_BODY_LENGTH ? end : MAX_BODY_LENGTH);
}

function length(text: unknown): number {
  return typeof text === 'string' ? text.length : 0;
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}
