import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { originalMethod } from '../../src/methods/original-method.js';
import { replaceMethod } from '../../src/methods/replace-method.js';

const test = suite('methods/original-method');

interface Greeter {
  greet(): string;
}

class Parent implements Greeter {
  greet(): string {
    return 'parent';
  }
}

/** Puts one around the method there is. */
function surround(target: object): void {
  const original = originalMethod<() => string>(target, 'greet');
  replaceMethod(target, 'greet', function (this: unknown): string {
    return `(${Reflect.apply(original(), this, [])})`;
  });
}

test('a method of its own is the one it had, whatever becomes of the prototype', () => {
  const target = Object.assign(new Parent(), { greet: () => 'own' });
  surround(target);

  Object.setPrototypeOf(target, null);

  assert.is(target.greet(), '(own)');
});

test('an inherited method is the one that the prototype has at the call', () => {
  class Class extends Parent {}
  const target = new Class();
  surround(target);

  const before = target.greet();
  Class.prototype.greet = () => 'replaced';
  const after = target.greet();

  assert.equal([before, after], ['(parent)', '(replaced)']);
});

test('an inherited method is that of the prototype which the object has at the call', () => {
  const target = new Parent();
  surround(target);

  Object.setPrototypeOf(target, { greet: () => 'other' });

  assert.is(target.greet(), '(other)');
});

test('what inherits from the target calls the original once', () => {
  const target = new Parent();
  surround(target);

  const inheriting = Object.create(target) as Greeter;

  assert.is(inheriting.greet(), '(parent)');
});

test('it is called with the receiver of the call', () => {
  const parent = {
    name: 'parent',
    greet(): string {
      return this.name;
    },
  };
  const target = Object.create(parent) as typeof parent;
  surround(target);

  assert.is(Object.assign(Object.create(target), { name: 'inheriting' }).greet(), '(inheriting)');
});

test('of several replacements each calls the one before', () => {
  const target = new Parent();
  surround(target);
  surround(target);

  assert.is(target.greet(), '((parent))');
});

test.run();
