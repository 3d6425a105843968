import type { Bound } from '../context/log-context.js';
import type { RequestSpan } from '../tracing/tracing-parts.js';

/** What is known of an object of the program's. */
export interface BoundState {
  /** For its events. */
  readonly bound: Bound;
  /** Told of its events. */
  readonly span?: RequestSpan | undefined;
}

/** Constructs what it is given: a class that extends it adds its private fields to that object. */
class Itself {
  constructor(object: object) {
    // biome-ignore lint/correctness/noConstructorReturn: this is what the class is for.
    return object;
  }
}

/**
 * Keeps it with an object of the program's where nobody sees it. A WeakMap of every request
 * makes garbage collection twice as dear (Node 24: 7 µs more a request).
 */
class WithState extends Itself {
  #state: BoundState;

  constructor(object: object, state: BoundState) {
    super(object);
    this.#state = state;
  }

  static of(object: object): BoundState | undefined {
    return #state in object ? object.#state : undefined;
  }

  static set(object: object, state: BoundState): void {
    if (#state in object) object.#state = state;
    else new WithState(object, state);
  }
}

export const stateOf: (object: object) => BoundState | undefined = WithState.of;
export const bindState: (object: object, state: BoundState) => void = WithState.set;
