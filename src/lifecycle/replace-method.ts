/** Gives a method of `target` another body, visible in nothing else: key order, name, length. */
export function replaceMethod(
  target: object,
  key: string,
  method: (this: never, ...args: never[]) => unknown,
): void {
  const original = (target as Record<string, unknown>)[key] as { name: string; length: number };
  const { enumerable = false } = Object.getOwnPropertyDescriptor(target, key) ?? {};
  // Ours are minified.
  Object.defineProperty(method, 'name', { value: original.name, configurable: true });
  Object.defineProperty(method, 'length', { value: original.length, configurable: true });
  Object.defineProperty(target, key, {
    value: method,
    enumerable,
    writable: true,
    configurable: true,
  });
}
