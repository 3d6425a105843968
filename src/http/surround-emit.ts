type Emit = (this: object, ...args: unknown[]) => boolean;

/**
 * Stands around the emitting of an event: has to call `emit` on `emitter` with `args` once, answer
 * what that answers, and not throw by itself.
 */
export type Around = (emitter: object, args: unknown[], emit: Emit) => boolean;

const { getPrototypeOf } = Reflect;
const { defineProperty, hasOwn } = Object;

/**
 * Lets `around` take part whenever an object emits whose class it was shown once. Those are Node's
 * classes, and Node loads them when a program first uses them: hence no patch at start.
 */
export class SurroundedEmit {
  readonly #around: Around;
  readonly #seen = new WeakSet<object>();
  readonly #own = new WeakSet<Emit>();

  constructor(around: Around) {
    this.#around = around;
  }

  /** Of the class of `emitter`, once. */
  ofClass(emitter: object): void {
    const prototype = getPrototypeOf(emitter);
    if (prototype === null || this.#seen.has(prototype)) return;
    this.#seen.add(prototype);
    // A subclass inherits what was done to its parent.
    if (!this.#own.has((emitter as { emit: Emit }).emit)) this.#replace(prototype);
  }

  /** Of this object alone. */
  ofObject(emitter: object): void {
    this.#replace(emitter);
  }

  // What is inherited is looked up at the call: somebody may replace it later.
  #replace(holder: object): void {
    const around = this.#around;
    const original = hasOwn(holder, 'emit') ? (holder as { emit: Emit }).emit : undefined;
    const { emit } = {
      emit(this: object, ...args: unknown[]): boolean {
        return around(this, args, original ?? (getPrototypeOf(holder) as { emit: Emit }).emit);
      },
    };
    // As `emit(type, ...args)` of Node.
    defineProperty(emit, 'length', { value: 1, configurable: true });
    this.#own.add(emit);
    try {
      defineProperty(holder, 'emit', { value: emit, writable: true, configurable: true });
    } catch {
      // Frozen: then it emits without us.
    }
  }
}
