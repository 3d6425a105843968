import Module from 'node:module';
import type { TracerProvider } from '@opentelemetry/api';

/**
 * What we use of OpenTelemetry's `InstrumentationBase`. The names with a line in front are its
 * own; they are the same in 0.53 (2024), 0.205 and 0.301 (2026).
 * https://github.com/open-telemetry/opentelemetry-js/blob/main/experimental/packages/opentelemetry-instrumentation/src/platform/node/instrumentation.ts
 */
export interface Instrumentation {
  readonly _modules: readonly Definition[];
  /** Patches, where version and name fit. @returns What is to be in place of `exports`. */
  _onRequire(definition: Definition, exports: unknown, name: string, folder: string): unknown;
  _requireInTheMiddleSingleton: { register(...args: unknown[]): unknown };
  _warnOnPreloadedModules?(): void;
  enable(): void;
  disable(): void;
  setTracerProvider(provider: TracerProvider): void;
}

interface Definition {
  readonly name: string;
  readonly files?: readonly { readonly name: string }[];
}

type InstrumentationClass = new (config: { enabled: boolean }) => Instrumentation;

/**
 * Makes the package's instrumentation without its hooks: we know of each file that is loaded, without a
 * frame in the program's stacks and a resolution more for every `require`.
 *
 * @returns It and those it consists of.
 * @throws Where it is not what we know.
 */
export function adopt(exports: object): readonly Instrumentation[] {
  const Class = Object.values(exports).find(isInstrumentationClass);
  if (Class === undefined) throw new TypeError('it exports no instrumentation');

  const whole = withoutRequireHook(() => new Class({ enabled: false }));
  const parts = [whole, ...Object.values(whole).filter(isInstrumentation)];
  for (const part of parts) {
    part._requireInTheMiddleSingleton = { register: () => ({}) };
    // What it instruments is being loaded, which is as it should be.
    part._warnOnPreloadedModules = () => {};
    part.enable();
  }
  return parts;
}

function isInstrumentationClass(value: unknown): value is InstrumentationClass {
  const prototype = typeof value === 'function' ? (value.prototype as object | undefined) : {};
  return prototype !== undefined && '_onRequire' in prototype && 'enable' in prototype;
}

function isInstrumentation(value: unknown): value is Instrumentation {
  return typeof value === 'object' && value !== null && '_onRequire' in value;
}

type Patched = (...args: unknown[]) => unknown;
interface Singleton {
  readonly constructor: { _instance?: unknown };
}

/**
 * The first instrumentation of a copy of `@opentelemetry/instrumentation` wraps `require`, for all that
 * come later. We put that back, and let the class forget it: the first of the program's own does the same.
 */
function withoutRequireHook(construct: () => Instrumentation): Instrumentation {
  const modules = Module.prototype as unknown as { require: Patched };
  const builtins = process as unknown as { getBuiltinModule?: Patched };
  const { require: plainRequire } = modules;
  const { getBuiltinModule } = builtins;
  let made: Instrumentation | undefined;
  try {
    made = construct();
    return made;
  } finally {
    if (modules.require !== plainRequire) {
      modules.require = plainRequire;
      if (getBuiltinModule !== undefined) builtins.getBuiltinModule = getBuiltinModule;
      const singleton = made?._requireInTheMiddleSingleton as Singleton | undefined;
      if (singleton !== undefined) delete singleton.constructor._instance;
    }
  }
}
