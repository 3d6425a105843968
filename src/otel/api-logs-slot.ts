import type { LoggerProvider } from '@opentelemetry/api';
import { callerOf } from './calling-package.js';

// The older @opentelemetry/api-logs meets its copies in a global of its own, a function from a
// version to the provider. It registers only if that global reads as empty, so the same read has to
// be empty for a registrar and ours for a reader. Both are methods of one file, and rare: the one
// stack frame that tells them apart is looked at each time.

const SLOT = Symbol.for('io.opentelemetry.js.api.logs');
const API_LOGS_PACKAGE = '@opentelemetry/api-logs';
/** The same from 0.35 to 0.223, the last. */
const READING_METHOD = 'getLoggerProvider';
const COMPATIBILITY_VERSION = 1;

export interface ApiLogsSlot {
  /** The logs provider the application registered: it wins over ours. */
  readonly claimedLogs: LoggerProvider | undefined;
  /** Leaves the slot as if we had never been there. */
  release(): void;
}

/** Answers readers of the global of `@opentelemetry/api-logs` until the application registers. */
export function observeApiLogsSlot(options: {
  logs: () => LoggerProvider | undefined;
}): ApiLogsSlot {
  let claimed: unknown = Reflect.get(globalThis, SLOT);

  const provide = (version: number): LoggerProvider | undefined =>
    version === COMPATIBILITY_VERSION ? options.logs() : undefined;

  const accessor = {
    configurable: true,
    enumerable: true,
    get(): unknown {
      const caller = callerOf(accessor.get);
      const isReader =
        caller?.packageName === API_LOGS_PACKAGE && caller.functionName === READING_METHOD;
      return isReader ? provide : undefined;
    },
    set(value: unknown): void {
      claimed = value;
      Reflect.defineProperty(globalThis, SLOT, {
        configurable: true,
        enumerable: true,
        writable: true,
        value,
      });
    },
  };

  if (claimed === undefined) Reflect.defineProperty(globalThis, SLOT, accessor);

  return {
    get claimedLogs() {
      return typeof claimed === 'function' ? claimed(COMPATIBILITY_VERSION) : undefined;
    },
    release() {
      const isInPlace = Object.getOwnPropertyDescriptor(globalThis, SLOT)?.get === accessor.get;
      if (isInPlace) Reflect.deleteProperty(globalThis, SLOT);
    },
  };
}
