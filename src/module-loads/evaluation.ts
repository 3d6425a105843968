/** A module as Node makes it for CommonJS. */
export interface ModuleObject {
  readonly id: unknown;
  exports: unknown;
  loaded: unknown;
}

const { defineProperty, getOwnPropertyDescriptor } = Object;

/**
 * Calls `onEvaluated` once the module says that it is loaded, and leaves nothing behind. Until then
 * two of its properties are accessors: `loaded`, which Node assigns; and `exports`, for where a
 * loader hook provides the source Node defines `loaded` anew, and reads `exports` next.
 */
export function watchEvaluation(module: ModuleObject, onEvaluated: () => void): void {
  let { exports } = module;
  let isDone = false;
  const end = (isEvaluated: boolean) => {
    if (isDone) return;
    isDone = true;
    if (isOurs(module, 'exports', accessor.getExports)) put(module, 'exports', exports);
    if (isEvaluated) onEvaluated();
  };
  const accessor = {
    getLoaded: () => false,
    // What inherits from the module gets a property of its own.
    setLoaded(this: object, value: unknown) {
      put(this, 'loaded', value);
      if (this === module) end(value === true);
    },
    getExports() {
      if (getOwnPropertyDescriptor(module, 'loaded')?.value === true) end(true);
      // Whoever was told may have replaced them.
      return isOurs(module, 'exports', accessor.getExports) ? exports : module.exports;
    },
    setExports(this: object, value: unknown) {
      if (this === module) exports = value;
      else put(this, 'exports', value);
    },
  };
  access(module, 'loaded', accessor.getLoaded, accessor.setLoaded);
  access(module, 'exports', accessor.getExports, accessor.setExports);
}

function isOurs(module: object, key: string, getter: () => unknown): boolean {
  return getOwnPropertyDescriptor(module, key)?.get === getter;
}

// Without a prototype: the program may have added to that of all objects.
function put(module: object, key: string, value: unknown): void {
  const descriptor = { value, writable: true, enumerable: true, configurable: true };
  defineProperty(module, key, { __proto__: null, ...descriptor } as PropertyDescriptor);
}

function access(
  module: object,
  key: string,
  get: () => unknown,
  set: (value: unknown) => void,
): void {
  const descriptor = { get, set, enumerable: true, configurable: true };
  defineProperty(module, key, { __proto__: null, ...descriptor } as PropertyDescriptor);
}
