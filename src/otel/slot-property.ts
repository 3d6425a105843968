const SLOT = Symbol.for('opentelemetry.js.api.1');
const globals = globalThis as unknown as Record<symbol, unknown>;

export interface SlotWatch {
  /** @returns What this reader gets. */
  onRead(): unknown;
  onWrite(value: unknown): void;
}

/** The global property in which copies of the api meet: an accessor of ours, until we step aside. */
export class SlotProperty {
  /** What is read where nobody has to watch. */
  answer: unknown = globals[SLOT];
  /** Anything but the plain answer is behind this one flag: `context.active()` comes by here. */
  isWatched = true;
  /** These two tell a caller of the property by its stack frame. */
  readonly getter: () => unknown;
  readonly setter: (value: unknown) => void;
  readonly #accessor: PropertyDescriptor;
  #isOwnRead = false;

  constructor(watch: SlotWatch) {
    const property = this;
    const accessor = {
      configurable: true,
      enumerable: true,
      get(): unknown {
        return property.isWatched ? property.#watchedRead(watch) : property.answer;
      },
      set(value: unknown): void {
        property.isWatched = true;
        watch.onWrite(value);
      },
    };
    this.getter = accessor.get;
    this.setter = accessor.set;
    this.#accessor = accessor;
  }

  /** @returns Whether the global lets us. */
  install(): boolean {
    return Reflect.defineProperty(globals, SLOT, this.#accessor);
  }

  isInPlace(): boolean {
    return Object.getOwnPropertyDescriptor(globals, SLOT)?.get === this.getter;
  }

  /**
   * What is there for others, not watched: through the global, because the application may have
   * deleted or replaced what we saw last.
   */
  read(): unknown {
    this.#isOwnRead = true;
    try {
      return globals[SLOT];
    } finally {
      this.#isOwnRead = false;
    }
  }

  /** Nothing left to offer: an ordinary property costs the application least. */
  stepAside(): void {
    if (!this.isInPlace()) return;
    Reflect.defineProperty(globals, SLOT, {
      configurable: true,
      enumerable: true,
      writable: true,
      value: this.answer,
    });
  }

  remove(): void {
    Reflect.deleteProperty(globals, SLOT);
  }

  #watchedRead(watch: SlotWatch): unknown {
    return this.#isOwnRead ? this.answer : watch.onRead();
  }
}
