import type { ContextManager, LoggerProvider, TracerProvider } from '@opentelemetry/api';
import { hasLogs } from './api-version.js';
import { PresentedApi } from './presented-api.js';
import { SlotReaders } from './slot-callers.js';
import { SlotOffers, type SlotOffersOptions } from './slot-offers.js';
import { SlotProperty } from './slot-property.js';

// Every 1.x copy of @opentelemetry/api meets the others in one global object. The copy that writes
// first fixes that object's version; a copy of any other version can then not register anything,
// and says so to nobody. So this file never creates that object. It watches the slot and puts our
// logs provider before those who only look. Why and how far: notes/otel-globals.md.
//
//   reading copy:      get slot, [.version], .logs                → our provider
//   registering copy:  get slot, set slot, .logs, .version, .logs = → "not taken", then theirs
//
// So a `.logs` right after a `set` is a registrar asking, after a `get` a reader.

/** What the application's own copy of the api put into the slot. */
export interface RegisteredApi {
  readonly version?: unknown;
  readonly context?: ContextManager;
  readonly trace?: TracerProvider;
  readonly [type: string]: unknown;
}

export interface ApiSlot {
  /** The application's own object, undefined while it has registered nothing. */
  readonly registered: RegisteredApi | undefined;
  /** The exact version of the api that registered it. */
  readonly registeredVersion: string | undefined;
  /** The logs provider the application registered: it wins over ours. */
  readonly claimedLogs: LoggerProvider | undefined;
  /** The tracer provider the application registered. */
  readonly claimedTracers: TracerProvider | undefined;
  /** Leaves the slot as if we had never been there. */
  release(): void;
}

/** Watches the global of `@opentelemetry/api` 1.x, and answers those who read it. */
export function observeApiSlot(options: SlotOffersOptions): ApiSlot {
  return new ObservedSlot(options);
}

class ObservedSlot implements ApiSlot {
  readonly #presented = new PresentedApi(() => this.#isSetting);
  readonly #readers = new SlotReaders();
  readonly #property: SlotProperty;
  readonly #offers: SlotOffers;
  #offeredTo: object | undefined;
  #isSetting = false;

  constructor(options: SlotOffersOptions) {
    const property = new SlotProperty({
      onRead: () => this.#onRead(),
      onWrite: value => this.#onWrite(value),
    });
    this.#property = property;
    this.#offers = new SlotOffers(
      options,
      () => !this.#isSetting && property.isInPlace(),
      api => {
        if (api !== this.#presented.object) property.stepAside();
      },
    );
    this.#offers.offerOn(this.#presented.object, true);
    const { answer } = property;
    if (property.install() && answer !== undefined) this.#adopt(answer);
  }

  // Read at each record.
  get registered(): RegisteredApi | undefined {
    const api = this.#property.read();
    return isObject(api) && api !== this.#presented.object ? api : undefined;
  }

  get registeredVersion(): string | undefined {
    const version = this.registered?.version;
    return typeof version === 'string' ? version : undefined;
  }

  get claimedLogs(): LoggerProvider | undefined {
    return this.#offers.claimedLogs;
  }

  get claimedTracers(): TracerProvider | undefined {
    return this.#offers.hasTracing ? undefined : this.registered?.trace;
  }

  release(): void {
    const api = this.registered;
    if (api && api === this.#offeredTo) this.#offers.takeBack(api);
    if (!this.#property.isInPlace()) return;
    this.#property.stepAside();
    if (api === undefined) this.#property.remove();
  }

  #onRead(): unknown {
    if (this.#isSetting) this.#settle();
    this.#isSetting = false;
    const property = this.#property;
    if (property.answer === undefined && this.#readers.isLooking) return this.#look();

    property.isWatched = false;
    return property.answer;
  }

  #look(): unknown {
    const presented = this.#presented.object;
    const isReader = this.#readers.isReader(this.#property.getter, this.#offers.hasTracing);
    if (this.#readers.mayAllRead) this.#property.answer = presented;
    return isReader ? presented : undefined;
  }

  #onWrite(value: unknown): void {
    this.#isSetting = true;
    if (value === this.#presented.object) this.#greetRegistrar();
    else if (value !== this.#property.answer) this.#adopt(value);
  }

  #greetRegistrar(): void {
    const { setter } = this.#property;
    // Refused, because it came late and bundled. Its next registrations find the slot empty.
    if (!this.#presented.greetRegistrar(setter)) this.#property.answer = undefined;
  }

  // A registrar took our object for the global one: from now on it is that of its own.
  #settle(): void {
    const api = this.#presented.takeWritten();
    if (api !== undefined) this.#adopt(api);
  }

  #adopt(api: unknown): void {
    this.#property.answer = api;
    this.#readers.stopLooking();
    const isOffered = isObject(api) && this.#offers.offerOn(api, hasLogs(api.version));
    if (isOffered) this.#offeredTo = api;
    else this.#property.stepAside();
  }
}

function isObject(value: unknown): value is RegisteredApi {
  return typeof value === 'object' && value !== null;
}
