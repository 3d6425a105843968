import { EXPORTER_STATE } from './protocol.js';

/** Calls back when another thread notifies the exporter's state. */
export class WakeUp {
  readonly #control: Int32Array;
  readonly #wake: () => void;
  #isArmed = false;

  constructor(control: Int32Array, wake: () => void) {
    this.#control = control;
    this.#wake = wake;
  }

  /**
   * From here on every notification calls back, whatever the state becomes meanwhile; once, until
   * it is armed again.
   */
  arm(): void {
    if (this.#isArmed) return;
    this.#isArmed = true;
    const state = Atomics.load(this.#control, EXPORTER_STATE);
    const waiting = Atomics.waitAsync(this.#control, EXPORTER_STATE, state);
    const wake = () => {
      this.#isArmed = false;
      this.#wake();
    };
    if (waiting.async) waiting.value.then(wake);
    else setImmediate(wake);
  }
}
