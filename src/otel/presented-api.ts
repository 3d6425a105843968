import { READABLE_VERSION } from './api-version.js';
import { registrarVersion } from './slot-callers.js';

/** The object of ours that readers get, and what becomes of it where a registrar takes it for theirs. */
export class PresentedApi {
  readonly object: object = {};
  #registrarVersion: string | undefined;

  /** @param isSetting Whether the object is in the hands of a registrar. */
  constructor(isSetting: () => boolean) {
    Object.defineProperty(this.object, 'version', {
      enumerable: true,
      get: () => (isSetting() && this.#registrarVersion) || READABLE_VERSION,
    });
  }

  /**
   * Someone puts the object into the slot, found there before.
   *
   * @returns Whether it will be of the version they insist on.
   */
  greetRegistrar(setter: (value: unknown) => void): boolean {
    this.#registrarVersion = registrarVersion(setter);
    return this.#registrarVersion !== undefined;
  }

  /**
   * What the registrar wrote, if anything, on an object of its own, as it would have made it: ours
   * has no fixed version, and 1.10 remembers what it once accepted.
   */
  takeWritten(): object | undefined {
    if (this.#registrarVersion === undefined) return undefined;
    const written = Object.entries(Object.getOwnPropertyDescriptors(this.object)).filter(
      ([, property]) => 'value' in property,
    );
    if (written.length === 0) return undefined;

    const api: Record<string, unknown> = { version: this.#registrarVersion };
    for (const [type, property] of written) api[type] = property.value;
    this.#registrarVersion = undefined;
    return api;
  }
}
