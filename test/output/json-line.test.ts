import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { topLevelFields } from '../../src/convert/fields.js';
import { Budget } from '../../src/convert/limits.js';
import { jsonLine } from '../../src/output/json-line.js';
import { fields, logRecord } from '../helpers/log-records.js';

const test = suite('output/json-line');

const UNLIMITED = { maxAttributes: 1_000, maxValueLength: 100_000 };
const FIXED = ['timestamp', 'level', 'message', 'service', 'trace_id', 'span_id'];
const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 };

test('whatever is logged is one line of JSON that nothing raw is in, and holds every field', () => {
  const key = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(...FIXED, ...FIXED.map(name => `user.${name}`), 'exception.type', '__proto__'),
  );
  const logged = fc.dictionary(
    key,
    fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withNullPrototype: true,
      withObjectString: true,
    }),
  );
  const message = fc.string({ unit: 'binary' });

  fc.assert(
    fc.property(message, logged, fc.boolean(), (body, object, hasSpan) => {
      const attributes = topLevelFields(object, new Budget(UNLIMITED));
      const record = logRecord({ body, attributes, span: hasSpan ? span : undefined });

      const line = jsonLine(record, 'service');

      assert.not.match(line, /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u);
      const parsed = JSON.parse(line);
      assert.is(parsed.message, body);
      const fixedCount = hasSpan ? 6 : 4;
      assert.is(Object.keys(parsed).length, fixedCount + attributes.keys.length, 'no key twice');
    }),
    { numRuns: 500 },
  );
});

for (const [severityNumber, level] of [
  [0, 'info'],
  [1, 'trace'],
  [4, 'trace'],
  [5, 'debug'],
  [9, 'info'],
  [13, 'warn'],
  [17, 'error'],
  [21, 'fatal'],
  [24, 'fatal'],
  [25, 'fatal'],
] as const) {
  test(`severity ${severityNumber} is called ${level}`, () => {
    assert.is(JSON.parse(jsonLine(logRecord({ severityNumber }), undefined)).level, level);
  });
}

test('a code of the program is not said twice', () => {
  const exception = { type: 'Error', message: 'm', code: 'E1' };
  const attributes = fields({ 'error.code': 'own' });

  const line = jsonLine(logRecord({ exception, attributes }), undefined);

  assert.equal(line.match(/"error\.code":"\w+"/g), ['"error.code":"own"']);
});

test.run();
