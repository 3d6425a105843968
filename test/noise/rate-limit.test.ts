import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LogRecord } from '../../src/log-record.js';
import { RateLimit } from '../../src/noise/rate-limit.js';
import { logRecord } from '../helpers/log-records.js';

const test = suite('noise/rate-limit');

function bench() {
  const written: LogRecord[] = [];
  const limit = new RateLimit(record => written.push(record));
  return {
    limit,
    written,
    told: () => written.splice(0).map(({ body }) => body),
    /** How many of `count` were admitted. */
    admit(count: number, perSecond: number, nowMs: number, described: Partial<LogRecord> = {}) {
      let admitted = 0;
      for (let i = 0; i < count; i++) {
        const record = logRecord({ body: 'job 1', ...described });
        if (limit.admit(record, perSecond, nowMs)) admitted++;
      }
      return admitted;
    },
  };
}

test("a second's worth is admitted at once, and then as time goes by", () => {
  const { admit } = bench();

  assert.is(admit(50, 10, 0), 10);
  assert.is(admit(50, 10, 50), 0);
  assert.is(admit(50, 10, 100), 1);
  assert.is(admit(50, 10, 600), 5);
  assert.is(admit(50, 10, 60_000), 10);
});

test('less than one a second is one at a time', () => {
  const { admit } = bench();

  assert.is(admit(5, 0.5, 0), 1);
  assert.is(admit(5, 0.5, 1_999), 0);
  assert.is(admit(5, 0.5, 2_000), 1);
});

test('what is held back is told once, when asked for or when it has been quiet', () => {
  const { limit, admit, told } = bench();
  admit(5, 2, 0);

  limit.settle();
  limit.settle();
  assert.equal(told(), ['Suppressed 3 records like: job 1']);
  assert.not(limit.hasPending);

  admit(1, 2, 0);
  assert.ok(limit.hasPending);
  // Not quiet: what trickles through does not bring a count each.
  admit(1, 2, 600);
  assert.equal(told(), []);
  admit(1, 2, 10_000);
  assert.equal(told(), ['Suppressed 1 record like: job 1']);
});

test('numbers and ids make no other kind; severity, method, scope and words do', () => {
  const { admit } = bench();
  admit(1, 1, 0);

  assert.is(admit(1, 1, 0, { body: 'job 2' }), 0);
  assert.is(admit(1, 1, 0, { body: 'task 2' }), 1);
  assert.is(admit(1, 1, 0, { severityNumber: 5 }), 1);
  assert.is(admit(1, 1, 0, { method: 'info' }), 1);
  assert.is(admit(1, 1, 0, { scope: { name: 'other' } }), 1);
  assert.is(admit(1, 1, 0, { body: undefined }), 1);
  assert.is(admit(1, 1, 0, { body: 7 }), 0);
});

test('where the call site is known it decides, and a key of a rule before it', () => {
  const { admit } = bench();
  const at = (line: number) => ({
    callSite: { file: '/a.js', line, column: 1, functionName: undefined },
  });

  assert.is(admit(2, 1, 0, { ...at(1), body: 'one' }), 1);
  assert.is(admit(2, 1, 0, { ...at(1), body: 'two' }), 0);
  assert.is(admit(2, 1, 0, { ...at(2), body: 'one' }), 1);
  assert.is(admit(2, 1, 0, { ...at(3), noise: { key: 'k' } }), 1);
  assert.is(admit(2, 1, 0, { ...at(4), noise: { key: 'k' } }), 0);
});

test('another limit for the same kind begins anew, and loses no count', () => {
  const { admit, told } = bench();
  admit(3, 1, 0);

  assert.is(admit(3, 2, 0), 2);
  assert.equal(told(), ['Suppressed 2 records like: job 1']);
});

test('with more than a thousand kinds those that are quiet are forgotten, and no count is lost', () => {
  const { limit, admit, told } = bench();
  const kind = (i: number) => ({ noise: { key: String(i) } });
  for (let i = 0; i < 1_000; i++) admit(3, 2, 0, kind(i));
  // After a second all are quiet again, but for those that were not.
  for (let i = 0; i < 10; i++) admit(2, 2, 900, kind(i));

  admit(1, 2, 1_000, kind(1_000));
  const toldOf = told().length;
  assert.is(admit(3, 2, 1_000, kind(3)), 1);
  assert.is(admit(3, 2, 1_000, kind(20)), 2);
  limit.settle();

  assert.is(toldOf, 990);
  assert.is(told().length, 11);
});

test('with more than a thousand kinds of which none is quiet all begin anew', () => {
  const { limit, admit, told } = bench();
  for (let i = 0; i < 5_000; i++) admit(2, 1, 0, { noise: { key: String(i) } });

  limit.settle();

  assert.is(told().length, 5_000);
});

for (const [name, severities, expected] of [
  ['DEBUG', [5, 5, 5], 'INFO'],
  ['INFO and WARN', [9, 13, 9], 'INFO'],
] as const) {
  test(`what was held back of ${name} is told as INFO`, () => {
    const { limit, admit, written } = bench();
    for (const severityNumber of severities) admit(2, 1, 0, { severityNumber });

    limit.settle();

    assert.ok(written.some(({ severityText }) => severityText === expected));
  });
}

test('a WARN among what was held back of a call site makes it a WARN', () => {
  const { limit, admit, written } = bench();
  const callSite = { file: '/a.js', line: 1, column: 1, functionName: 'f' };
  for (const severityNumber of [9, 9, 13, 9]) admit(1, 1, 0, { severityNumber, callSite });

  limit.settle();

  assert.is(written[0]!.severityText, 'WARN');
  assert.is(written[0]!.severityNumber, 13);
  assert.equal(written[0]!.callSite, callSite);
});

test('an example is cut, and one that is no text is left out', () => {
  const { limit, admit, told } = bench();
  admit(2, 1, 0, { body: 'x'.repeat(1_000) });
  admit(2, 1, 0, { body: undefined });

  limit.settle();

  assert.equal(told(), [`Suppressed 1 record like: ${'x'.repeat(200)}`, 'Suppressed 1 record']);
});

test.run();
