import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readContextFields } from '../../src/context/context-fields.js';
import { LogFields } from '../../src/log-record.js';

const test = suite('context/context-fields');

function bound(fields: LogFields): object {
  return Object.fromEntries(fields.keys.map((key, index) => [key, fields.values[index]]));
}

const tables: readonly (readonly [what: string, given: unknown, kept: object])[] = [
  [
    'texts, numbers, booleans and bigints are kept',
    { a: 'x', b: 1, c: false, d: 2n },
    { a: 'x', b: 1, c: false, d: 2n },
  ],
  ['objects, functions and symbols are left out', { a: {}, b: [], c() {}, d: Symbol('s') }, {}],
  [
    'names that records use themselves are left out',
    { 'log.level': 'x', 'exception.type': 'x', 'thread.id': 1 },
    {},
  ],
  ['an empty name is left out', { '': 'x' }, {}],
  [
    'a name that is too long is left out',
    { ['n'.repeat(129)]: 'x', ['m'.repeat(128)]: 'y' },
    { ['m'.repeat(128)]: 'y' },
  ],
  ['a long text is cut', { a: 'x'.repeat(2000) }, { a: 'x'.repeat(1024) }],
  [
    '__proto__ is a name as any other',
    JSON.parse('{"__proto__": "x"}'),
    JSON.parse('{"__proto__": "x"}'),
  ],
  ['null is no fields', null, {}],
  ['a text is no fields', 'abc', {}],
];

for (const [what, given, kept] of tables) {
  test(what, () => {
    assert.equal(bound(readContextFields(given, undefined)), kept);
  });
}

test('the later value of a name holds, and null and undefined take it away', () => {
  const before = new LogFields(['a', 'b', 'c', 'd'], [1, 2, 3, 4]);

  const fields = readContextFields({ a: 'one', b: null, c: undefined, e: 5 }, before);

  assert.equal(bound(fields), { a: 'one', d: 4, e: 5 });
  assert.equal(before.keys, ['a', 'b', 'c', 'd'], 'what others share stays as it is');
});

test('fields beyond the thirty-second are left out, values of those there are not', () => {
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`key${n}`, n]));
  const before = readContextFields(many, undefined);
  assert.is(before.keys.length, 32);

  const fields = readContextFields({ key0: 'new', another: 1 }, before);

  assert.is(fields.keys.length, 32);
  assert.is(bound(fields)['key0' as never], 'new');
});

test('a getter that throws, and a revoked proxy, bind nothing and throw nothing', () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const throwing = {
    a: 1,
    get b(): never {
      throw new Error('no');
    },
  };

  for (const hostile of [proxy, throwing]) {
    assert.equal(bound(readContextFields(hostile, new LogFields(['x'], [1]))), { x: 1 });
  }
});

test.run();
