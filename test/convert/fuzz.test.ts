import { deepEqual } from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  type ConsoleContent,
  type ContentOptions,
  readConsoleArguments,
} from '../../src/convert/console-arguments.js';
import { LogFields, type LogValue } from '../../src/log-record.js';
import { logRecord, roundTrip } from '../helpers/log-records.js';
import { decoded, decodedAttributes } from './decoded.js';
import { EXTREMES } from './extreme-values.js';
import { hostileValues, takeRuns } from './hostile-values.js';

const test = suite('convert/fuzz');

// Once more: FUZZ_SEED=…
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env.FUZZ_RUNS ?? 400);
const OPTIONS: ContentOptions = { maxAttributes: 128, maxValueLength: 8192, body: 'message' };

const MAX_BODY_LENGTH = 64 * 1024;
const MAX_TEXT_LENGTH = 256 * 1024;
const MAX_DEPTH = 8;
/** And one more for each list that is cut. */
const MAX_VALUES = 2_000 + MAX_DEPTH;
/** Generous: a machine that is busy with other things. */
const DEADLINE_MS = 5_000;

const value = hostileValues();
const text = fc.constantFrom('text', '%s of %d', '{"a":1}').map(said => () => said);
const args = fc
  .oneof(fc.array(value, { minLength: 1, maxLength: 4 }), fc.tuple(text, value))
  .map(makers => () => makers.map(make => make()));

test(`whatever is logged is converted within the limits (FUZZ_SEED=${seed})`, () => {
  fc.assert(
    fc.property(args, fc.nat(9), fc.nat(9), (make, maxAttributes, maxValueLength) => {
      const logged = make();
      const options = { ...OPTIONS, maxAttributes, maxValueLength };
      assertBounded(readConsoleArguments(logged, 'printed', options), options);
      assertBounded(readConsoleArguments(logged, 'printed', OPTIONS), OPTIONS);
    }),
    { seed, numRuns },
  );
});

test(`none of the program's code runs for it (FUZZ_SEED=${seed})`, () => {
  fc.assert(
    fc.property(args, make => {
      const logged = make();
      takeRuns();
      readConsoleArguments(logged, 'printed', OPTIONS);
      assert.equal(takeRuns(), []);
    }),
    { seed, numRuns },
  );
});

test(`what is encoded is what another decoder reads (FUZZ_SEED=${seed})`, () => {
  fc.assert(
    fc.property(args, make => {
      const logged = make();
      assertSameWhenDecoded(readConsoleArguments(logged, 'printed', OPTIONS));
    }),
    { seed, numRuns },
  );
});

for (const [name, make] of EXTREMES) {
  test(`${name} is converted in bounded time and space, wherever it stands`, () => {
    const value = make();
    for (const logged of [[value], ['text', value], ['text', { value }], ['%o', [value]]]) {
      const printed = typeof value === 'string' ? value : 'printed';
      const start = performance.now();
      const content = readConsoleArguments(logged, printed, OPTIONS);
      assert.ok(performance.now() - start < DEADLINE_MS);

      assertBounded(content, OPTIONS);
      assertSameWhenDecoded(content);
    }
  });
}

function assertBounded(content: ConsoleContent, options: ContentOptions): void {
  const { body, attributes, exception } = content;
  assert.ok(body.length <= MAX_BODY_LENGTH);
  assert.ok((exception?.stacktrace?.length ?? 0) <= MAX_BODY_LENGTH);
  assert.ok((exception?.message.length ?? 0) <= options.maxValueLength);
  if (attributes === undefined) return;

  const ours = attributes.keys.filter(key => key === 'log.template').length;
  assert.ok(attributes.keys.length - ours <= options.maxAttributes);
  const size = { values: 0, text: 0 };
  measure(attributes, 0, options, size);
  assert.ok(size.values <= MAX_VALUES, `${size.values} values`);
  // `user.` and `.2` of names are not counted.
  assert.ok(size.text <= MAX_TEXT_LENGTH + 16 * size.values, `${size.text} units of text`);
}

function measure(
  value: LogValue,
  depth: number,
  { maxValueLength }: ContentOptions,
  size: { values: number; text: number },
): void {
  const inner = { maxValueLength } as ContentOptions;
  size.values++;
  if (typeof value === 'string') {
    // Our own marks, such as `[Circular]`, are not cut.
    assert.ok(value.length <= Math.max(maxValueLength, '[Getter/Setter]'.length));
    size.text += value.length;
  } else if (value instanceof Uint8Array) {
    assert.ok(value.length <= maxValueLength);
  } else if (typeof value === 'object' && value !== null) {
    assert.ok(depth <= MAX_DEPTH, `${depth} levels`);
    const isFields = value instanceof LogFields;
    if (isFields) assertNames(value, size);
    for (const item of isFields ? value.values : value) measure(item, depth + 1, inner, size);
  }
}

function assertNames({ keys, values }: LogFields, size: { text: number }): void {
  assert.is(keys.length, values.length);
  assert.is(new Set(keys).size, keys.length, keys.join());
  for (const key of keys) size.text += key.length;
}

function assertSameWhenDecoded({ body, attributes, exception }: ConsoleContent): void {
  const received = roundTrip(logRecord({ body, attributes, exception }));

  assert.is(received.body, decoded(body));
  deepEqual(received.attributes, decodedAttributes(attributes, exception));
}

test.run();
