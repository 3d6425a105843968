import type { LoggerProvider } from '@opentelemetry/api';
import { hasOwn } from '../convert/intrinsics.js';
import type { TracingGlobals } from '../tracing/lazy-globals.js';

/** Whoever registers one of these traces by itself. */
const TRACING = ['trace', 'context', 'propagation'] as const;
const TYPES = ['logs', ...TRACING] as const;

type OfferedType = (typeof TYPES)[number];

export interface SlotOffersOptions {
  /** Answers readers of `logs`. */
  logs(): LoggerProvider | undefined;
  /** Answers readers of these, until the application registers one of them. */
  readonly tracing?: TracingGlobals | undefined;
  /** The application has registered a tracing of its own. Called once, if any was offered. */
  onTracing?(): void;
}

/** What we put before those who read an object of the api, each as a property that can be written to. */
export class SlotOffers {
  readonly #options: SlotOffersOptions;
  readonly #mayShow: () => boolean;
  readonly #onNoneLeft: (api: object) => void;
  #tracing: TracingGlobals | undefined;
  #claimedLogs: LoggerProvider | undefined;

  /**
   * @param mayShow Not to one who is registering: to them everything is free.
   * @param onNoneLeft The application has taken the last of what was offered on an object.
   */
  constructor(
    options: SlotOffersOptions,
    mayShow: () => boolean,
    onNoneLeft: (api: object) => void,
  ) {
    this.#options = options;
    this.#mayShow = mayShow;
    this.#onNoneLeft = onNoneLeft;
    this.#tracing = options.tracing;
  }

  /** The logs provider the application registered: it wins over ours. */
  get claimedLogs(): LoggerProvider | undefined {
    return this.#claimedLogs;
  }

  get hasTracing(): boolean {
    return this.#tracing !== undefined;
  }

  /** @returns Whether the object took any of it. */
  offerOn(api: object, hasLogs: boolean): boolean {
    if (TRACING.some(type => hasOwn(api, type))) this.#endTracing(api);
    const offersLogs = hasLogs && !hasOwn(api, 'logs') && this.#offer(api, 'logs');
    if (this.#tracing === undefined) return offersLogs;

    const offersTracing = TRACING.every(type => this.#offer(api, type));
    // One that takes none (frozen) would not tell us of theirs.
    if (!offersTracing) this.#endTracing(api);
    return offersLogs || offersTracing;
  }

  /** Leaves the object as the application made it. */
  takeBack(api: object): void {
    for (const type of TYPES) if (isOurs(api, type)) Reflect.deleteProperty(api, type);
  }

  #offer(api: object, type: OfferedType): boolean {
    return Reflect.defineProperty(api, type, {
      configurable: true,
      enumerable: false,
      get: () => (this.#mayShow() ? this.#answer(type) : undefined),
      set: (value: unknown) => this.#claim(api, type, value),
    });
  }

  #answer(type: OfferedType): unknown {
    return type === 'logs' ? this.#options.logs() : this.#tracing?.[type];
  }

  #claim(api: object, type: OfferedType, value: unknown): void {
    Reflect.defineProperty(api, type, {
      configurable: true,
      enumerable: true,
      writable: true,
      value,
    });
    if (type === 'logs') this.#claimedLogs = value as LoggerProvider;
    else this.#endTracing(api);
    if (!TYPES.some(each => isOurs(api, each))) this.#onNoneLeft(api);
  }

  // For good. What the application does not register is as empty as without us.
  #endTracing(api: object): void {
    for (const type of TRACING) if (isOurs(api, type)) Reflect.deleteProperty(api, type);
    if (this.#tracing === undefined) return;
    this.#tracing = undefined;
    this.#options.onTracing?.();
  }
}

// An api object has no accessors but ours.
function isOurs(api: object, type: OfferedType): boolean {
  return Object.getOwnPropertyDescriptor(api, type)?.get !== undefined;
}
