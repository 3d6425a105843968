// Built-ins as they were when the preload started. Libraries replace them later, and some do so
// with code that logs or throws: what looks at the arguments of a console call must not run it.
// Node keeps its own in the same way.
// https://github.com/nodejs/node/blob/v24.11.0/doc/contributing/primordials.md

type AnyFunction = (...args: never[]) => unknown;
type Uncurried<This> = <F extends AnyFunction>(
  method: F,
) => (self: This, ...args: Parameters<F>) => ReturnType<F>;

// `uncurry(String.prototype.slice)(text, 1)` is `text.slice(1)`.
const uncurry = Function.prototype.bind.bind(Function.prototype.call) as unknown;
const ofText = uncurry as Uncurried<string>;
const ofSymbol = uncurry as Uncurried<symbol>;
const ofDate = uncurry as Uncurried<Date>;
const ofRegExp = uncurry as Uncurried<RegExp>;
const ofMap = uncurry as Uncurried<Map<unknown, unknown>>;
const ofSet = uncurry as Uncurried<Set<unknown>>;
const ofWeakMap = uncurry as Uncurried<WeakMap<object, unknown>>;
const ofWeakSet = uncurry as Uncurried<WeakSet<object>>;
const ofObject = uncurry as Uncurried<object>;
const ofBytes = uncurry as Uncurried<Uint8Array>;
const ofBuffer = uncurry as Uncurried<Buffer>;

export const {
  getOwnPropertyDescriptor,
  getOwnPropertySymbols,
  getPrototypeOf,
  hasOwn,
  is: isSame,
  keys: objectKeys,
} = Object;
export const { isArray } = Array;
export const { isView: isBufferView } = ArrayBuffer;
export const { parse: parseJson, stringify: toJson } = JSON;
export const { isNaN: isNaNumber, isSafeInteger } = Number;
export const { floor, max, min, round } = Math;
export const { apply } = Reflect;
export const {
  add: atomicAdd,
  exchange: atomicExchange,
  load: atomicLoad,
  notify: atomicNotify,
  store: atomicStore,
  wait: atomicWait,
} = Atomics;
export const toNumber = Number;
export const toText = String;
export const toBigInt = BigInt;
export const { asUintN } = BigInt;
export const { alloc: newBuffer, allocUnsafe: newRawBuffer, from: bufferFrom } = Buffer;
export const newArray = Array;
const MapAtStart = Map;
export const newMap = (): Map<unknown, unknown> => new MapAtStart();

export const charCodeAt = ofText(String.prototype.charCodeAt);
export const indexOfText = ofText(String.prototype.indexOf);
export const lastIndexOfText = ofText(String.prototype.lastIndexOf);
export const sliceText = ofText(String.prototype.slice);
export const upperCase = ofText(String.prototype.toUpperCase);
export const startsWith = ofText(String.prototype.startsWith);
export const endsWith = ofText(String.prototype.endsWith);
export const trimText = ofText(String.prototype.trim);
export const toLowerCase = ofText(String.prototype.toLowerCase);
export const symbolToString = ofSymbol(Symbol.prototype.toString);
export const dateToISOString = ofDate(Date.prototype.toISOString);
export const dateGetTime = ofDate(Date.prototype.getTime);
export const execPattern = ofRegExp(RegExp.prototype.exec);

export const isEnumerable = ofObject(Object.prototype.propertyIsEnumerable);
export const functionSource = ofObject(Function.prototype.toString);

export const mapGet = ofMap(Map.prototype.get);
export const mapSet = ofMap(Map.prototype.set);
export const mapHas = ofMap(Map.prototype.has);
export const mapDelete = ofMap(Map.prototype.delete);
export const mapClear = ofMap(Map.prototype.clear);
export const setHas = ofSet(Set.prototype.has);
export const weakMapGet = ofWeakMap(WeakMap.prototype.get);
export const weakMapSet = ofWeakMap(WeakMap.prototype.set);
export const weakSetAdd = ofWeakSet(WeakSet.prototype.add);
export const weakSetHas = ofWeakSet(WeakSet.prototype.has);
export const weakSetDelete = ofWeakSet(WeakSet.prototype.delete);

const TypedArrayPrototype = Object.getPrototypeOf(Uint8Array.prototype);
export const copyBytes = ofBytes(Uint8Array.prototype.set);
export const moveBytes = ofBytes(Uint8Array.prototype.copyWithin);
export const partOfBytes = ofBytes(Uint8Array.prototype.subarray);
export const partOfBuffer = ofBuffer(Buffer.prototype.subarray);
// `write` itself calls that one, as a method that may have been replaced (Node 20).
const { utf8Write = Buffer.prototype.write } = Buffer.prototype as { utf8Write?: unknown };
export const writeText = ofBuffer(utf8Write as (text: string, at: number) => number);
export const writeUInt32 = ofBuffer(Buffer.prototype.writeUInt32LE);
export const writeDouble = ofBuffer(Buffer.prototype.writeDoubleLE);
export const bufferOfBytes = getterOf('buffer');
export const lengthOfBytes = getterOf('length');
export const offsetOfBytes = getterOf('byteOffset');

type Iterator = { next(): { done?: boolean; value: unknown } };
const mapEntries = ofMap(Map.prototype.entries);
const setValues = ofSet(Set.prototype.values);
const nextOfMap = nextOf(new Map().entries());
const nextOfSet = nextOf(new Set().values());

/** Calls `visit` with each entry, also of another realm's map, until it answers false. */
export function visitMap(
  map: ReadonlyMap<unknown, unknown>,
  visit: (key: unknown, value: unknown) => boolean,
): void {
  const entries = mapEntries(map as Map<unknown, unknown>);
  for (let item = nextOfMap(entries); !item.done; item = nextOfMap(entries)) {
    const entry = item.value as [unknown, unknown];
    if (!visit(entry[0], entry[1])) return;
  }
}

/** As `visitMap`. */
export function visitSet(set: ReadonlySet<unknown>, visit: (value: unknown) => boolean): void {
  const values = setValues(set as Set<unknown>);
  for (let item = nextOfSet(values); !item.done; item = nextOfSet(values)) {
    if (!visit(item.value)) return;
  }
}

// A subclass may have properties of its own by these names.
function getterOf(key: string): (bytes: Uint8Array) => unknown {
  const getter = getOwnPropertyDescriptor(TypedArrayPrototype, key)!.get!;
  return (uncurry as Uncurried<Uint8Array>)(getter);
}

function nextOf(iterator: Iterator): (iterator: Iterator) => ReturnType<Iterator['next']> {
  return (uncurry as Uncurried<Iterator>)(iterator.next);
}
