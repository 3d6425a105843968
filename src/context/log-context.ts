import { AsyncLocalStorage } from 'node:async_hooks';
import { unusedKey } from '../convert/field-keys.js';
import { LogFields, type LogRecord } from '../log-record.js';
import { readContextFields } from './context-fields.js';

/**
 * Fields bound to what the program is doing, for as long as it does it: on every record made
 * meanwhile, also after an `await` or in a callback. A storage of our own, so that it works whoever
 * traces; made with the first use, because on Node 20 and 22 one that is used follows every promise.
 * https://nodejs.org/api/async_context.html
 */
export class LogContext {
  #storage: AsyncLocalStorage<LogFields> | undefined;

  /** What is bound here and now. Not to be changed: others share it. */
  current(): LogFields | undefined {
    return this.#storage?.getStore();
  }

  /** Calls `run` with `fields` bound on top of what is. */
  runWith<T>(fields: unknown, run: () => T): T {
    return this.#use().run(this.#with(fields), run);
  }

  /** Binds nothing but `bound`, from here on. */
  enter(bound: LogFields | undefined): void {
    this.#use().enterWith(bound as LogFields);
  }

  #with(fields: unknown): LogFields {
    return readContextFields(fields, this.current());
  }

  /** Binds `fields` on top of what is, from here on: in this asynchronous execution, and what it starts. */
  bind(fields: unknown): void {
    this.#use().enterWith(this.#with(fields));
  }

  #use(): AsyncLocalStorage<LogFields> {
    this.#storage ??= new AsyncLocalStorage();
    return this.#storage;
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
