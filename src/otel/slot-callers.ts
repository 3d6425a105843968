import { hasLogs } from './api-version.js';
import { callerOf } from './calling-package.js';

const API_PACKAGE = '@opentelemetry/api';
const OWN_PACKAGE = '@emp/otel-register';
/** What it reads by. */
const READING_FUNCTION = 'getGlobal';
/**
 * How many getters, at about 4 µs when cold, are looked at one by one. Registration happens during start:
 * within this number it is recognised by its caller and never sees an object of ours.
 */
const MAX_LOOKS = 256;

/** Who reads the slot while nothing is registered in it: told by one stack frame each. */
export class SlotReaders {
  #looksLeft = MAX_LOOKS;
  #isReadable = false;

  /** Whether a read is to be looked at. */
  get isLooking(): boolean {
    return this.#looksLeft > 0;
  }

  /** Whether all were looked at, and a copy that can read an object of ours was among them. */
  get mayAllRead(): boolean {
    return this.#looksLeft === 0 && this.#isReadable;
  }

  /** For good. */
  stopLooking(): void {
    this.#looksLeft = 0;
    this.#isReadable = false;
  }

  /**
   * @param getter That of the slot, called by whoever reads.
   * @param hasTracing Whether there is more to be read than logs.
   * @returns Whether the caller only reads, and can read an object of ours.
   */
  isReader(getter: () => unknown, hasTracing: boolean): boolean {
    const caller = callerOf(getter);
    // Our own SDK reads the active context through its own copy of the api.
    if (caller?.packageName === OWN_PACKAGE) return false;

    // An api bundled into the application may be registered later, and then nobody can tell the
    // version it insists on. Better no logs from other copies than no tracing in this one.
    if (caller?.packageName !== API_PACKAGE) {
      this.stopLooking();
      return false;
    }
    this.#looksLeft -= 1;
    const mayRead = hasTracing || hasLogs(caller.packageVersion);
    const isReader = caller.functionName === READING_FUNCTION && mayRead;
    if (isReader) this.#isReadable = true;
    return isReader;
  }
}

/** The version of the installed api that calls the slot's setter; undefined for any other caller. */
export function registrarVersion(setter: (value: unknown) => void): string | undefined {
  const caller = callerOf(setter);
  return caller?.packageName === API_PACKAGE ? caller.packageVersion : undefined;
}
