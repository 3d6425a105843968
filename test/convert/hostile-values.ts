import { inspect } from 'node:util';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';

// Values that bite whoever touches them. Each piece of the program's own code counts that it ran.

let runs: (string | undefined)[] = [];

/** Where code of the values made here was called from, since the last time. */
export function takeRuns(): readonly (string | undefined)[] {
  const taken = runs;
  runs = [];
  return taken;
}

function ran(): void {
  runs.push(new Error('ran').stack);
}

const KEYS = ['a', 'b', 'a.2', '', '__proto__', 'constructor', 'toString', 'then', 'log.iostream'];
const MORE_KEYS = ['user.log.iostream', 'exception.type', 'thread.id', 'message', 'code', 'length'];

const TRAPS = Object.getOwnPropertyNames(Reflect).filter(name => name !== 'toString');
const throwingTraps = handler(() => {
  throw new Error('trap');
});
const answeringTraps = handler((name, args) =>
  (Reflect as unknown as Record<string, (...all: unknown[]) => unknown>)[name]!(...args),
);

const key = fc.oneof(
  fc.constantFrom(...KEYS, ...MORE_KEYS),
  fc.string({ unit: 'binary', maxLength: 6 }),
);

/** A value is made when it is needed: whoever generates values looks at them. */
type Make = () => unknown;
type Entries = fc.Arbitrary<[string, Make][]>;
type Entry = [string, unknown];

/** Makers of any value at all, up to some levels deep. */
export function hostileValues(): fc.Arbitrary<Make> {
  return fc.letrec<{ value: Make }>(tie => {
    const inner = tie('value');
    const entries = fc.array(fc.tuple(key, inner), { maxLength: 5 });
    const object = made(entries, plainObject);
    return { value: fc.oneof({ maxDepth: 5 }, leaf(), object, node(inner, entries)) };
  }).value;
}

function leaf(): fc.Arbitrary<Make> {
  const anything = fc.anything({
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withObjectString: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
    stringUnit: 'binary',
  });
  const plain = fc.oneof(
    anything,
    fc.string({ unit: 'binary' }),
    fc.string({ minLength: 9_000, maxLength: 9_100 }),
    fc.bigInt({ min: -(2n ** 300n), max: 2n ** 300n }),
    fc.constantFrom(Symbol('s'), () => {}, class A extends Map {}, /x/g, new Date(Number.NaN)),
  );
  return fc.oneof(
    plain.map(value => () => value),
    fc.constantFrom<Make[]>(...EXOTIC),
  );
}

const EXOTIC: Make[] = [
  revokedProxy,
  detachedBytes,
  shrunkBytes,
  () => Object.create(Date.prototype),
  () => Object.create(Error.prototype),
  () => Object.create(Map.prototype),
  () => Object.create(URL.prototype),
  () => Object.setPrototypeOf(new Map([['a', 1]]), null),
  () => Object.setPrototypeOf([1, 2], null),
  () => Object.setPrototypeOf(new Error('e'), Object.prototype),
  () => Object.setPrototypeOf({ a: 1 }, new Proxy({}, throwingTraps)),
  () => runInNewContext('({ a: new Error("far"), b: new Map([[1, 2]]), c: [new Date(0)] })'),
  () => new URLSearchParams('a=1'),
  () => new Map([[1, 2]]).entries(),
  () => Promise.resolve(1),
  () => new WeakMap(),
];

function node(inner: fc.Arbitrary<Make>, entries: Entries): fc.Arbitrary<Make> {
  const list = fc.array(inner, { maxLength: 5 });
  const values = (makers: readonly Make[]) => makers.map(make => make());
  return fc.oneof(
    list.map(makers => () => values(makers)),
    list.map(makers => () => new Set(values(makers))),
    list.map(makers => () => new Proxy(values(makers), answeringTraps)),
    list.map(makers => () => new Map(makers.map(make => [make(), make()]))),
    made(entries, fields => new Map(fields)),
    made(entries, fields => Object.assign(Object.create(null), plainObject(fields))),
    made(entries, fields => Object.defineProperties(new Instance(), descriptors(fields))),
    made(entries, fields => Object.defineProperties(new PrintsItself(), descriptors(fields))),
    made(entries, withAccessors),
    made(entries, withCycles),
    made(entries, fields => new Proxy(plainObject(fields), throwingTraps)),
    made(entries, fields => new Proxy(plainObject(fields), answeringTraps)),
    fc.tuple(fc.string(), inner, entries).map(
      ([message, cause, fields]) =>
        () =>
          error(message, cause(), evaluated(fields)),
    ),
    fc.tuple(list, entries).map(
      ([errors, fields]) =>
        () =>
          aggregate(values(errors), evaluated(fields)),
    ),
  );
}

function made(entries: Entries, make: (fields: Entry[]) => object): fc.Arbitrary<Make> {
  return entries.map(fields => () => make(evaluated(fields)));
}

function evaluated(fields: readonly [string, Make][]): Entry[] {
  return fields.map(([name, make]) => [name, make()]);
}

function error(message: string, cause: unknown, fields: readonly Entry[]): Error {
  return withFields(new Error(message, { cause }), fields);
}

function aggregate(errors: unknown[], fields: readonly Entry[]): Error {
  return withFields(new AggregateError(errors, 'all'), fields);
}

function withFields(made: Error, fields: readonly Entry[]): Error {
  // As whoever prints an error has done: the first look asks its name and message for their text.
  String(made.stack);
  return Object.defineProperties(made, descriptors(fields));
}

class Instance {
  #hidden = 1;
  get open(): number {
    ran();
    return this.#hidden;
  }
  toJSON(): never {
    ran();
    throw new Error('toJSON');
  }
  [Symbol.toPrimitive](): never {
    ran();
    throw new Error('toPrimitive');
  }
}

class PrintsItself {
  [inspect.custom](): never {
    ran();
    throw new Error('custom');
  }
  [Symbol.iterator](): never {
    ran();
    throw new Error('iterator');
  }
}

function handler(act: (name: string, args: unknown[]) => unknown): ProxyHandler<object> {
  return Object.fromEntries(
    TRAPS.map(name => [
      name,
      (...args: unknown[]) => {
        ran();
        return act(name, args);
      },
    ]),
  );
}

function plainObject(list: readonly Entry[]): object {
  return Object.defineProperties({}, descriptors(list));
}

function descriptors(list: readonly Entry[]): PropertyDescriptorMap {
  const map: PropertyDescriptorMap = Object.create(null);
  for (const [name, value] of list) {
    map[name] = { value, enumerable: true, configurable: true, writable: true };
  }
  return map;
}

function withAccessors(list: readonly Entry[]): object {
  const object = {};
  for (const [name] of list) {
    const get = (): never => {
      ran();
      throw new Error('getter');
    };
    Object.defineProperty(object, name, { get, enumerable: true, configurable: true });
  }
  return object;
}

function withCycles(list: readonly Entry[]): object {
  const object = plainObject(list);
  return Object.defineProperties(object, descriptors(list.map(([name]) => [name, [object]])));
}

function revokedProxy(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function detachedBytes(): Uint8Array {
  const bytes = new Uint8Array(8);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}

function shrunkBytes(): Uint8Array {
  const Resizable = ArrayBuffer as unknown as new (
    length: number,
    options: { maxByteLength: number },
  ) => ArrayBuffer & { resize(length: number): void };
  const buffer = new Resizable(8, { maxByteLength: 8 });
  const bytes = new Uint8Array(buffer, 4, 4);
  buffer.resize(2);
  return bytes;
}
