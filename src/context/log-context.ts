import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from '@opentelemetry/api';
import { unusedKey } from '../convert/field-keys.js';
import { apply } from '../convert/intrinsics.js';
import { LogFields, type LogRecord } from '../log-record.js';
import { readContextFields } from './context-fields.js';

/** What goes with an asynchronous execution. Not to be changed: others share it. */
export interface Bound {
  readonly fields: LogFields | undefined;
  /** `Context` of OpenTelemetry, where the trace is ours, or comes from another process. In the same storage: each costs every event. */
  readonly trace: Context | undefined;
}

export const NOTHING: Bound = { fields: undefined, trace: undefined };

/**
 * Fields bound to what the program is doing, for as long as it does it: on every record made
 * meanwhile, also after an `await` or in a callback. A storage of our own, so that it works whoever
 * traces; made with the first use, because on Node 20 and 22 one that is used follows every promise.
 * https://nodejs.org/api/async_context.html
 */
export class LogContext {
  #storage: AsyncLocalStorage<Bound> | undefined;
  #ambient: Bound = NOTHING;
  #onFirstUse: (() => void) | undefined;

  /** For what has nothing to do before anything is bound. */
  onFirstUse(run: () => void): void {
    this.#onFirstUse = run;
  }

  /** Fields bound here and now. Not to be changed: others share them. */
  current(): LogFields | undefined {
    return this.bound().fields;
  }

  /** Everything bound here and now. */
  bound(): Bound {
    return this.#storage?.getStore() ?? this.#ambient;
  }

  /** As `bound`, without what the whole thread continues: whoever serves others begins with that. */
  boundHere(): Bound {
    const bound = this.bound();
    return bound === this.#ambient ? NOTHING : bound;
  }

  /**
   * From here on what is bound wherever nothing else is: the thread goes on with what began elsewhere.
   * Not entered, because from Node 24 on the main module begins with nothing entered.
   */
  continueFrom(bound: Bound): void {
    this.#ambient = bound;
    this.#begin();
  }

  /** Calls `run` with `fields` bound on top of what is. */
  runWith<T>(fields: unknown, run: () => T): T {
    return this.#use().run(this.with(fields), run);
  }

  /** Binds nothing but `bound`, from here on. */
  enter(bound: Bound): void {
    this.#use().enterWith(bound);
  }

  /** Calls `method` with nothing but `bound` bound. */
  applyAs<T>(bound: Bound, method: (...args: never[]) => T, self: unknown, args: unknown[]): T {
    return this.#use().run(bound, apply, method, self, args) as T;
  }

  /** `fields` on top of what is bound here. */
  with(fields: unknown): Bound {
    const { fields: before, trace } = this.bound();
    return { fields: readContextFields(fields, before), trace };
  }

  /** Binds `fields` on top of what is, from here on: in this asynchronous execution, and what it starts. */
  bind(fields: unknown): void {
    this.#use().enterWith(this.with(fields));
  }

  /** As `bind`, in place of the trace's context. */
  bindTrace(trace: Context | undefined): void {
    this.#use().enterWith({ fields: this.current(), trace });
  }

  #use(): AsyncLocalStorage<Bound> {
    if (this.#storage !== undefined) return this.#storage;
    this.#storage = new AsyncLocalStorage();
    this.#begin();
    return this.#storage;
  }

  #begin(): void {
    const onFirstUse = this.#onFirstUse;
    this.#onFirstUse = undefined;
    onFirstUse?.();
  }
}

/** Adds what is bound to the attributes of a record, where they do not say something else by that name. */
export function addContext(record: LogRecord, context: LogFields, maxAttributes: number): void {
  const attributes = record.attributes ?? new LogFields();
  record.attributes = attributes;
  const { keys } = attributes;
  const ownCount = keys.length;
  for (let i = 0; i < context.keys.length; i++) {
    const key = context.keys[i]!;
    if (unusedKey(keys, ownCount, key) !== key) continue;
    if (keys.length >= maxAttributes) {
      record.droppedAttributes = (record.droppedAttributes ?? 0) + 1;
      continue;
    }
    attributes.add(key, context.values[i]!);
  }
}
