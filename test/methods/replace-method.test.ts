import { inspect } from 'node:util';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { putMethod, replaceMethod } from '../../src/methods/replace-method.js';

const test = suite('methods/replace-method');

type Targets = Record<PropertyKey, unknown>;
type Polluted = Record<string, unknown>;

function original(_first: unknown, _second: unknown): string {
  return 'original';
}

function minified(..._args: unknown[]): string {
  return 'ours';
}

const property = (flags: PropertyDescriptor): Targets =>
  Object.defineProperty({}, 'method', { value: original, ...flags });

const OWN: Readonly<Record<string, PropertyDescriptor>> = {
  'a plain': { enumerable: true, writable: true, configurable: true },
  'a hidden': { enumerable: false, writable: true, configurable: true },
  'a read-only': { enumerable: true, writable: false, configurable: true },
  'a permanent': { enumerable: true, writable: true, configurable: false },
};

for (const [what, flags] of Object.entries(OWN)) {
  test(`${what} method of its own stays one`, () => {
    const target = property(flags);

    const isReplaced = replaceMethod(target, 'method', minified);

    assert.is(isReplaced, true);
    const expected = { value: minified, ...flags };
    assert.equal(Object.getOwnPropertyDescriptor(target, 'method'), expected);
  });
}

test('it has the name and the length of the original', () => {
  const target = { method: original };
  const ours = (..._args: unknown[]) => 'ours';

  replaceMethod(target, 'method', ours);

  const look = Object.getOwnPropertyDescriptors(target.method);
  const flags = { writable: false, enumerable: false, configurable: true };
  assert.equal(look.name, { value: 'original', ...flags });
  assert.equal(look.length, { value: 2, ...flags });
});

test('keys keep their order', () => {
  const symbol = Symbol('method');
  const target = { first: 1, method: original, last: 2, [symbol]: original };
  const keys = Reflect.ownKeys(target);

  replaceMethod(target, 'method', minified);
  replaceMethod(target, symbol, minified);

  assert.equal(Reflect.ownKeys(target), keys);
  assert.is(target[symbol](1, 2), 'ours');
});

test('an inherited method becomes no key, and is not printed', () => {
  const parent = { method: original };
  const target = Object.create(parent) as typeof parent;
  const printed = inspect(target);

  const isReplaced = replaceMethod(target, 'method', minified);

  assert.is(isReplaced, true);
  assert.is(target.method(1, 2), 'ours');
  assert.is(parent.method(1, 2), 'original');
  assert.equal(Object.keys(target), []);
  assert.is(inspect(target), printed);
  assert.ok(Reflect.set(target, 'method', original), 'the program can replace it in its turn');
});

test('`for … in` finds in objects of a class what it inherits, and nothing else', () => {
  class Hidden {
    hidden(): void {}
  }
  class Class extends Hidden {
    declare method: typeof original;
  }
  Object.assign(Hidden.prototype, { method: original });

  const areReplaced = ['method', 'hidden'].map(key =>
    replaceMethod(Class.prototype, key, minified),
  );

  const found: string[] = [];
  for (const name in new Class()) found.push(name);
  assert.equal(areReplaced, [true, true]);
  assert.equal(found, ['method']);
});

test('what a getter answers is replaced by a method that is as enumerable', () => {
  const target = {
    get method() {
      return original;
    },
  };

  const isReplaced = replaceMethod(target, 'method', minified);

  assert.is(isReplaced, true);
  assert.is(target.method(1, 2), 'ours');
  assert.equal(Object.keys(target), ['method']);
});

const UNCHANGEABLE: Readonly<Record<string, () => object>> = {
  'is frozen': () => Object.freeze({ method: original }),
  'is frozen and inherits it': () => Object.freeze(Object.create({ method: original })),
  'has it read-only for ever': () => property({}),
  'is a proxy that throws': () =>
    new Proxy(
      { method: original },
      {
        defineProperty() {
          throw new Error('the proxy’s own');
        },
      },
    ),
};

for (const [what, create] of Object.entries(UNCHANGEABLE)) {
  test(`what ${what} is left as it is, and says so`, () => {
    const target = create() as { method: typeof original };

    const isReplaced = replaceMethod(target, 'method', minified);

    assert.is(isReplaced, false);
    assert.is(target.method, original);
  });
}

test('what is no method is left as it is, and says so', () => {
  const target = { text: 'text' };

  const areReplaced = ['text', 'missing'].map(key => replaceMethod(target, key, minified));

  assert.equal(areReplaced, [false, false]);
  assert.equal(target, { text: 'text' });
});

for (const pollution of ['get', 'set', 'enumerable', 'writable', 'value']) {
  test(`a \`${pollution}\` that all objects inherit changes nothing`, () => {
    const own = property(OWN['a hidden']!);
    const inheriting = Object.create(own) as Targets;
    const results: boolean[] = [];

    (Object.prototype as Polluted)[pollution] = () => 'polluted';
    try {
      for (const target of [inheriting, own]) {
        results.push(replaceMethod(target, 'method', (..._args: unknown[]) => 'ours'));
      }
    } finally {
      delete (Object.prototype as Polluted)[pollution];
    }

    assert.equal(results, [true, true]);
    for (const target of [own, inheriting]) {
      const { value, ...flags } = Object.getOwnPropertyDescriptor(target, 'method')!;
      assert.equal(flags, OWN['a hidden'] && withoutValue(OWN['a hidden']));
      assert.is(value.name, 'original');
    }
  });
}

function withoutValue({ enumerable, writable, configurable }: PropertyDescriptor): object {
  return { enumerable, writable, configurable };
}

test('what is only put keeps its own look', () => {
  const target = { method: original };
  const ours = { method: (..._args: unknown[]) => 'ours' };

  assert.is(putMethod(target, 'method', ours.method), true);

  assert.is(target.method.name, 'method');
  assert.is(target.method.length, 0);
});

test.run();
