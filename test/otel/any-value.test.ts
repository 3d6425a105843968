import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { LogFields, type LogValue } from '../../src/log-record.js';
import { toLogValue } from '../../src/otel/any-value.js';

const test = suite('otel/any-value');

/** LogFields as plain objects, for reading. */
function plain(value: LogValue | undefined): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!(value instanceof LogFields)) return value;
  return Object.fromEntries(value.keys.map((key, index) => [key, plain(value.values[index])]));
}

const bytes = new Uint8Array([1, 2]);

for (const value of ['text', 0, -1.5, true, 12n, null, bytes]) {
  test(`${typeof value} ${String(value)} stays as it is`, () => {
    assert.is(toLogValue(value), value);
  });
}

for (const value of [undefined, () => {}, Symbol('s')]) {
  test(`${typeof value} is left out`, () => {
    assert.is(toLogValue(value), undefined);
    assert.equal(plain(toLogValue({ value, other: 1 })), { other: 1 });
    assert.equal(plain(toLogValue([value, 1])), [null, 1]);
  });
}

test('objects and maps become fields', () => {
  const value = {
    a: [1, { b: 'c' }],
    m: new Map<unknown, unknown>([
      ['k', 1],
      [2, 'skipped'],
    ]),
  };

  assert.equal(plain(toLogValue(value)), { a: [1, { b: 'c' }], m: { k: 1 } });
});

test('dates are ISO texts, invalid ones are left out, errors their stack', () => {
  const error = new Error('bad');

  assert.is(toLogValue(new Date(0)), '1970-01-01T00:00:00.000Z');
  assert.is(toLogValue(new Date(Number.NaN)), undefined);
  assert.is(toLogValue(error), error.stack);
});

test('a cycle is left out, the same object twice is not', () => {
  const shared = { s: 1 };
  const value: Record<string, unknown> = { first: shared, second: shared };
  value.self = value;

  assert.equal(plain(toLogValue(value)), { first: { s: 1 }, second: { s: 1 } });
});

test('what is deeper than 8 is left out', () => {
  let value: unknown = 'bottom';
  for (let i = 0; i < 20; i++) value = { next: value };

  let depth = 0;
  let field = toLogValue(value);
  while (field instanceof LogFields) {
    depth += 1;
    field = field.values[0];
  }

  assert.is(depth, 8);
});

test('a getter that throws costs its own field only, a revoked proxy itself', () => {
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const value = {
    get bad() {
      throw new Error('no');
    },
    proxy: revoked.proxy,
    good: 1,
  };

  assert.equal(plain(toLogValue(value)), { good: 1 });
});

test('__proto__ is a field like any other', () => {
  const fields = toLogValue(JSON.parse('{"__proto__": {"x": 1}}')) as LogFields;

  assert.equal(fields.keys, ['__proto__']);
});

test.run();
