/** Values that are too much of something. */
export const EXTREMES: readonly (readonly [name: string, make: () => unknown])[] = [
  ['a list of 1,000,000 items', () => Array.from({ length: 1e6 }, (_, i) => i)],
  ['a list of 1,000,000,000 holes', () => new Array(1e9)],
  ['a list of 1,000,000 objects', () => new Array(1e6).fill({ a: { b: [1] } })],
  ['a text of 100 MB', () => 'x'.repeat(1e8)],
  ['a text of 100 MB of format specifiers', () => '%s%'.repeat(3e7)],
  ['a text of 20 MB of ANSI sequences', () => '\u001b[31m'.repeat(4e6)],
  ['an object of 10,000 fields', () => wide(10_000)],
  ['an object of 20,000 getters', () => withGetters(20_000)],
  ['an object with a name of 10 MB', () => ({ ['k'.repeat(1e7)]: 1 })],
  ['an object 10,000 levels deep', () => deep(10_000)],
  ['a list 10,000 levels deep', () => nestedList(10_000)],
  ['an object of objects that share their parts', () => shared(40)],
  ['a Map of 20,000 entries', () => new Map(Object.entries(wide(20_000)))],
  ['a Map of objects as keys', () => new Map(Array.from({ length: 3_000 }, (_, i) => [{ i }, i]))],
  ['a Set of 100,000 items', () => new Set(Array.from({ length: 1e5 }, (_, i) => i))],
  ['100 MB of bytes', () => Buffer.alloc(1e8)],
  ['an integer of 1,000,000 bits', () => 2n ** 1_000_000n],
  ['a prototype 10,000 levels away', () => inherited(10_000)],
  ['an error of 10,000 causes', () => caused(10_000)],
  [
    'an error of 100,000 errors',
    () => new AggregateError(new Array(1e4).fill(0).map(newError), 'all'),
  ],
  ['errors of errors of errors', () => branching(4)],
  ['an error of 10,000 fields', () => Object.assign(new Error('wide'), wide(10_000))],
  [
    'an error caused by one of 10,000 fields',
    () => new Error('e', { cause: Object.assign(new Error('wide'), wide(10_000)) }),
  ],
  ['an error of a message of 10 MB', () => new Error('m'.repeat(1e7))],
  ['a function of 1 MB', () => new Function(`/* ${'x'.repeat(1e6)} */`)],
  ['a class of a name of 1 MB', () => new (named('N'.repeat(1e6)))()],
  ['a table of 100,000 rows', () => new Array(1e5).fill(0).map((_, id) => ({ id }))],
];

function wide(count: number): Record<string, number> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`key${i}`, i]));
}

function withGetters(count: number): object {
  const get = () => 1;
  return Object.defineProperties(
    {},
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [`${i}`, { get, enumerable: true }]),
    ),
  );
}

function deep(levels: number): object {
  let value: object = {};
  for (let i = 0; i < levels; i++) value = { value };
  return value;
}

function nestedList(levels: number): unknown[] {
  let value: unknown[] = [];
  for (let i = 0; i < levels; i++) value = [value];
  return value;
}

// 2⁴⁰ leaves, seen as a tree.
function shared(levels: number): object {
  let value: object = { leaf: true };
  for (let i = 0; i < levels; i++) value = { left: value, right: value };
  return value;
}

function inherited(levels: number): object {
  let value: object = class {}.prototype;
  for (let i = 0; i < levels; i++) value = Object.create(value);
  return Object.assign(value, { a: 1 });
}

function caused(levels: number): Error {
  let error = new Error('root');
  for (let i = 0; i < levels; i++) error = new Error(`level ${i}`, { cause: error });
  return error;
}

function branching(levels: number): Error {
  if (levels === 0) return new Error('leaf', { cause: deep(3) });
  return new AggregateError(
    Array.from({ length: 10 }, () => branching(levels - 1)),
    `${levels}`,
  );
}

function newError(_: unknown, index: number): Error {
  return new Error(`error ${index}`);
}

function named(name: string): new () => object {
  return Object.defineProperty(class {}, 'name', { value: name });
}
