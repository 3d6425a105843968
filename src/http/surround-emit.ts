import { replaceMethod } from '../methods/replace-method.js';

type Emit = (this: object, ...args: unknown[]) => boolean;

/**
 * Called before an object emits an event. Answers what is to be called when it has, if anything. What
 * either throws is swallowed.
 */
export type Before = (emitter: object, args: readonly unknown[]) => (() => void) | undefined;

const { apply, getPrototypeOf } = Reflect;
const { hasOwn } = Object;

/**
 * Lets `before` take part whenever an object emits whose class it was shown once. Those are Node's
 * classes, and Node loads them when a program first uses them: hence no patch at start.
 */
export class SurroundedEmit {
  readonly #before: Before;
  readonly #seen = new WeakSet<object>();
  readonly #own = new WeakSet<Emit>();

  constructor(before: Before) {
    this.#before = before;
  }

  /** Of the class of `emitter`, once. */
  ofClass(emitter: object): void {
    const prototype = getPrototypeOf(emitter);
    if (prototype === null || this.#seen.has(prototype)) return;
    this.#seen.add(prototype);
    // A subclass inherits what was done to its parent.
    if (!this.#own.has((emitter as { emit: Emit }).emit)) this.ofObject(prototype);
  }

  /**
   * Of this object, and those that inherit from it. All in one function: it is a frame in the stack of
   * whatever a listener throws. What is inherited is looked up as by `originalMethod`, but here: Node
   * emits a dozen events for each request, and to ask for it would make each a tenth dearer.
   */
  ofObject(holder: object): void {
    const before = this.#before;
    const original = hasOwn(holder, 'emit') ? (holder as { emit: Emit }).emit : undefined;
    const { emit } = {
      emit(this: object, ...args: unknown[]): boolean {
        let after: (() => void) | undefined;
        try {
          after = before(this, args);
        } catch {
          // It emits without us.
        }
        try {
          const inherited = original ?? (getPrototypeOf(holder) as { emit: Emit }).emit;
          return apply(inherited, this, args) as boolean;
        } finally {
          try {
            if (after !== undefined) after();
          } catch {
            // As before: and an error of ours would take the place of a listener's.
          }
        }
      },
    };
    this.#own.add(emit);
    replaceMethod(holder, 'emit', emit);
  }
}
