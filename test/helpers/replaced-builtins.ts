const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf } = Object;

/** What programs replace most. */
export const COMMON_HOLDERS: readonly object[] = [
  ...[RegExp.prototype, String.prototype, Array.prototype, Map.prototype, Set.prototype],
  ...[Object, RegExp, Buffer, Reflect],
  ...[getPrototypeOf([][Symbol.iterator]()), getPrototypeOf(''[Symbol.iterator]())],
];

/** A class that says of which class its parts are is nothing that programs change. */
const KEPT: readonly PropertyKey[] = ['constructor', Symbol.species];

/** Runs it while every method of these objects throws. Returns the names of those that were called. */
export function runWithoutBuiltins(holders: readonly object[], run: () => void): readonly string[] {
  const used: string[] = [];
  const replaced = holders.flatMap(holder =>
    Reflect.ownKeys(holder)
      .map(key => ({ holder, key, original: getOwnPropertyDescriptor(holder, key)! }))
      .filter(({ key, original }) => !KEPT.includes(key) && isReplaceable(original))
      .map(each => ({ ...each, instead: insteadOf(each.key, each.original, used) })),
  );
  // From here on without anything that is about to be replaced.
  for (let i = 0; i < replaced.length; i++) {
    defineProperty(replaced[i]!.holder, replaced[i]!.key, replaced[i]!.instead);
  }
  try {
    run();
  } finally {
    for (let i = 0; i < replaced.length; i++) {
      defineProperty(replaced[i]!.holder, replaced[i]!.key, replaced[i]!.original);
    }
  }
  return used;
}

function isReplaceable({ configurable, get, value }: PropertyDescriptor): boolean {
  return configurable === true && (get !== undefined || typeof value === 'function');
}

function insteadOf(
  key: PropertyKey,
  { get }: PropertyDescriptor,
  used: string[],
): PropertyDescriptor {
  const instead = () => {
    used[used.length] = String(key);
    throw new Error('replaced');
  };
  if (get !== undefined) return { configurable: true, get: instead };
  return { configurable: true, writable: true, value: instead };
}
