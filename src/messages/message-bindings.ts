import type { ContextManager } from '@opentelemetry/api';
import { attempt } from '../attempt.js';
import type { Bound, LogContext } from '../context/log-context.js';
import { isArray } from '../convert/intrinsics.js';
import { CARRIER_FIELD, readCarrier } from '../propagation/carrier.js';
import { boundFrom } from '../propagation/incoming.js';
import { emptyContext } from '../propagation/remote-context.js';
import type { MessageFields } from './message-fields.js';

export interface MessageBindingsOptions {
  readonly context: LogContext;
  readonly fields: MessageFields;
  /** Which members of a message's baggage are log context. */
  readonly contextKeys: readonly string[];
  /** Of the program's own tracing, if it has one. */
  ownManager(): ContextManager | undefined;
}

/** What is to be bound while a message is handled. */
export class MessageBindings {
  readonly #options: MessageBindingsOptions;

  constructor(options: MessageBindingsOptions) {
    this.#options = options;
  }

  /** JSON, as text or bytes; undefined where it says nothing. */
  ofMessage(message: unknown): Bound | undefined {
    const object = this.#options.fields.read(message);
    return object && this.#ofObject(object, (object as Record<string, unknown>)[CARRIER_FIELD]);
  }

  /**
   * Calls `run` with it bound.
   *
   * @param message JSON, what it was parsed to, or the names and values of a stream's entry.
   */
  run<T>(message: unknown, run: () => T): T {
    const { context, ownManager } = this.#options;
    const bound = attempt(() => this.#ofAnything(message));
    // It is handled without.
    if (bound === undefined) return run();
    const manager = ownManager();
    const trace = bound.trace ?? attempt(() => manager?.active()) ?? emptyContext();
    const within = manager === undefined ? run : () => manager.with(trace, run);
    return context.applyAs(bound, within, undefined, []);
  }

  #ofAnything(message: unknown): Bound | undefined {
    if (typeof message !== 'object' || message === null) return this.ofMessage(message);
    if (Buffer.isBuffer(message)) return this.ofMessage(message);
    const object = isArray(message) ? pairsOf(message) : message;
    return this.#ofObject(object, (object as Record<string, unknown>)[CARRIER_FIELD] ?? object);
  }

  #ofObject(object: object, carried: unknown): Bound | undefined {
    const { context, contextKeys, fields } = this.#options;
    const carrier = readCarrier(carried);
    const found = fields.ofObject(object);
    if (Object.keys(carrier).length === 0) return found && context.with(found);

    // What was told begins anew, as a request does.
    const told = boundFrom(carrier, name => contextKeys.includes(name));
    const { trace } = told;
    const { keys = [], values = [] } = told.fields ?? {};
    const before = Object.fromEntries(keys.map((key, index) => [key, values[index]]));
    return { fields: context.with({ ...before, ...found }).fields, trace };
  }
}

function pairsOf(list: readonly unknown[]): object {
  const pairs: [string, unknown][] = [];
  for (let i = 0; i + 1 < list.length; i += 2) {
    const value = list[i + 1];
    pairs.push([String(list[i]), Buffer.isBuffer(value) ? value.toString() : value]);
  }
  return Object.fromEntries(pairs);
}
