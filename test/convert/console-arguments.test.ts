import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type ContentOptions, readConsoleArguments } from '../../src/convert/console-arguments.js';
import { LogFields, type LogValue } from '../../src/log-record.js';

const test = suite('convert/console-arguments');

const OPTIONS: ContentOptions = { maxAttributes: 128, maxValueLength: 8192, body: 'message' };
const LEAVES = ['', 'text', 0, -0, Number.NaN, 10n, true, null, undefined, Symbol('s'), () => {}];
const KEYS = ['a', 'b', 'log.a', 'user.log.a', '__proto__', 'constructor', '', 'a.2'];
const RUNS = 3_000;

test('whatever is nested into whatever is converted, bounded, and without a repeated key', () => {
  const random = mulberry32(7);
  for (let run = 0; run < RUNS; run++) {
    const args = Array.from({ length: 1 + random(4) }, () => anyValue(random, 4));
    const options = { ...OPTIONS, maxAttributes: 1 + random(6), maxValueLength: 1 + random(4) };

    const content = readConsoleArguments(args, 'printed', options);

    const { attributes } = content;
    const own = attributes?.keys.filter(key => key !== 'log.template') ?? [];
    assert.ok(own.length <= options.maxAttributes);
    if (attributes !== undefined) assertUniqueKeys(attributes);
  }
});

test('what was converted is detached from the objects it came from', () => {
  const list = [1];
  const { attributes } = readConsoleArguments(['text', { list }], 'printed', OPTIONS);

  list.push(2);

  assert.equal(attributes?.values, [[1]]);
});

test('the same object twice is no cycle, the same above itself is', () => {
  const shared = { a: 1 };
  const ring: Record<string, unknown> = { one: shared, two: shared };
  ring.self = ring;

  const { attributes } = readConsoleArguments(['text', ring], 'printed', OPTIONS);

  const [one, two, self] = attributes!.values as [LogFields, LogFields, string];
  assert.equal([one.values, two.values, self], [[1], [1], '[Circular]']);
});

test('an error and a list that lost their prototypes are no plain objects', () => {
  const error = Object.setPrototypeOf(new TypeError('bare'), null);
  const list = Object.setPrototypeOf(['item'], null);

  const failed = readConsoleArguments(['text', error], 'text [TypeError: bare]', OPTIONS);
  const listed = readConsoleArguments(['text', list], "text [ 'item' ]", OPTIONS);

  assert.is(failed.exception?.message, 'bare');
  assert.is(listed.body, "text [ 'item' ]");
});

test('accessors are named and not run, in objects and in lists', () => {
  const run = () => assert.unreachable();
  const list = Object.defineProperties([1, 2, 3], { 0: { get: run }, 1: { set: run } });
  const object = {
    get a() {
      return run();
    },
    set b(_: unknown) {
      run();
    },
    list,
  };

  const { attributes } = readConsoleArguments(['text', object], 'printed', OPTIONS);

  assert.equal(attributes?.values, ['[Getter]', '[Setter]', ['[Getter]', '[Setter]', 3]]);
});

test('holes of a list count as items: it ends, and says so', () => {
  const few: unknown[] = [1, 2, undefined, 4];
  delete few[1];
  const { attributes, isTruncated } = readConsoleArguments(
    ['text', { few, many: new Array(1e9) }],
    'printed',
    OPTIONS,
  );

  const [kept, cut] = attributes!.values as [LogValue[], LogValue[]];
  assert.equal(kept, [1, null, null, 4]);
  assert.ok(cut.length > 1_000 && cut.length < 3_000 && cut.every(item => item === null));
  assert.ok(isTruncated);
});

test('the attributes of several objects share one limit, and the others are counted', () => {
  const options = { ...OPTIONS, maxAttributes: 3 };
  const { attributes, droppedAttributes } = readConsoleArguments(
    ['text', { a: 1, b: 2 }, { a: 3, c: 4, d: 5 }, { e: 6 }],
    'printed',
    options,
  );

  assert.equal(attributes?.keys, ['a', 'b', 'a.2']);
  assert.equal(attributes?.values, [1, 2, 3]);
  assert.is(droppedAttributes, 3);
});

// As `log-record.ts` leaves it to whoever fills the fields.
function assertUniqueKeys(value: LogValue): void {
  if (Array.isArray(value)) value.forEach(assertUniqueKeys);
  if (!(value instanceof LogFields)) return;
  assert.is(new Set(value.keys).size, value.keys.length, value.keys.join());
  assert.is(value.values.length, value.keys.length);
  value.values.forEach(assertUniqueKeys);
}

type Random = (below: number) => number;

function anyValue(random: Random, depth: number): unknown {
  const leaf = LEAVES[random(LEAVES.length)];
  if (depth === 0) return leaf;
  const inner = () => anyValue(random, depth - 1);
  const entries = Array.from({ length: random(5) }, () => [KEYS[random(KEYS.length)], inner()]);
  switch (random(9)) {
    case 0:
      return Object.fromEntries(entries);
    case 1:
      return entries.map(([, value]) => value);
    case 2:
      return new Map(entries.map(([key, value]) => [random(2) ? key : value, value]));
    case 3:
      return new Set(entries.map(([, value]) => value));
    case 4:
      return Object.assign(new Error('e', { cause: inner() }), { code: inner(), name: inner() });
    case 5:
      return new Proxy(Object.fromEntries(entries), {});
    case 6:
      return JSON.stringify(Object.fromEntries(entries.map(([key]) => [key, 1])));
    case 7:
      return Object.assign(Object.create(null), Object.fromEntries(entries));
    default:
      return leaf;
  }
}

// The same values in each run.
function mulberry32(seed: number): Random {
  let state = seed;
  return below => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

test.run();
