import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LogValue } from '../../src/log-record.js';
import { FATAL } from '../../src/severity.js';
import { fields } from '../helpers/log-records.js';
import { attributesOf, consoleRecord, oneRule, rulesOf } from './rules-of.js';

const test = suite('rules/act');

type Case = [rule: string, body: string, before: Record<string, LogValue>, after: object];

const ATTRIBUTES: readonly Case[] = [
  ['{ add: { a: x, b: 1, c: true } }', '', {}, { a: 'x', b: 1, c: true }],
  ['{ add: { a: x } }', '', { a: 'own' }, { a: 'own' }],
  ['{ rename: { a: b } }', '', { a: 1, c: 2 }, { b: 1, c: 2 }],
  ['{ rename: { a: b } }', '', { a: 1, b: 2 }, { a: 1, b: 2 }],
  ['{ rename: { a: b, b: c } }', '', { a: 1 }, { c: 1 }],
  ['{ rename: { a: b } }', '', {}, {}],
  ['{ extract: "Job (?<id>\\\\S+)" }', 'Job 7 failed', {}, { id: '7' }],
  ['{ extract: "Job (?<id>\\\\S+)" }', 'Job 7 failed', { id: 'own' }, { id: 'own' }],
  ['{ extract: "Job (?<id>\\\\S+)" }', 'Task 7', {}, {}],
  ['{ match: { message: "(?<a>.)(?<b>x)?" }, extract: true }', 'q', {}, { a: 'q' }],
  ['{ extract: { pattern: "(?<n>[\\\\d.]+)ms", as: number } }', 'took 1.50ms', {}, { n: 1.5 }],
  ['{ extract: { pattern: "(?<n>\\\\S+)ms", as: { n: number } } }', 'xms', {}, { n: 'x' }],
  ['{ extract: { pattern: "(?<n>\\\\d+)ms", as: text } }', '05ms', {}, { n: '05' }],
  [
    '{ match: { message: "(?<a>\\\\d)" }, extract: [true, "b=(?<b>\\\\d)"] }',
    '1 b=2',
    {},
    { a: '1', b: '2' },
  ],
  ['{ extract: "(unnamed) (?<named>\\\\w+)" }', 'unnamed yes', {}, { named: 'yes' }],
];

for (const [rule, body, before, after] of ATTRIBUTES) {
  test(`${rule} makes of ${JSON.stringify([body, before])} ${JSON.stringify(after)}`, () => {
    const attributes = fields(before);

    assert.equal(attributesOf(oneRule(rule), { body, attributes }), after);
  });
}

test('severity sets number and text', () => {
  const record = consoleRecord();

  oneRule('{ severity: error }').apply(record);

  assert.equal([record.severityNumber, record.severityText], [17, 'ERROR']);
});

test('fold and rateLimit mark the record; the limit is that of the rule', () => {
  const marks = ['{ fold: true }', '{ rateLimit: 5 }', '{ name: n, fold: false, rateLimit: 0.5 }'];

  const found = marks.map(rule => {
    const record = consoleRecord();
    oneRule(rule).apply(record);
    return record.noise;
  });

  assert.equal(found, [
    { fold: true },
    { perSecond: 5, key: 'rule 1' },
    { fold: false, perSecond: 0.5, key: '"n"' },
  ]);
});

test('the first rule that decides is the last, those before it that enrich apply', () => {
  const rules = rulesOf(`
    rules:
      - { add: { first: true } }
      - { match: { message: other }, drop: true }
      - { match: { attributes: { first: true } }, add: { second: true } }
      - { severity: warn }
      - { severity: error, add: { third: true } }
  `);
  const record = consoleRecord({ body: 'x' });

  assert.is(rules.apply(record), true);
  assert.is(record.severityText, 'WARN');
  assert.equal(record.attributes!.keys, ['first', 'second']);
});

test('keep is an exception from what follows', () => {
  const rules = rulesOf(`
    rules: [{ match: { message: payment }, keep: true }, { drop: true }]
  `);

  assert.is(rules.apply(consoleRecord({ body: 'payment ok' })), true);
  assert.is(rules.apply(consoleRecord({ body: 'other' })), false);
});

for (const action of ['drop: true', 'sample: 0']) {
  test(`${action} spares FATAL unless the rule names it`, () => {
    const fatal = () => consoleRecord({ severityNumber: FATAL });

    assert.is(oneRule(`{ ${action} }`).apply(fatal()), true);
    assert.is(oneRule(`{ match: { level: error }, ${action} }`).apply(fatal()), true);
    assert.is(oneRule(`{ match: { level: fatal }, ${action} }`).apply(fatal()), false);
  });
}

test('limits hold: an attribute too many is counted, a value too long is cut', () => {
  const limits = { maxAttributes: 2, maxValueLength: 3 };
  const rules = oneRule('{ add: { a: 12345, b: abcdef, c: x, d: y } }', limits);
  const record = consoleRecord();

  rules.apply(record);

  assert.equal(record.attributes!.keys, ['a', 'b']);
  assert.equal(record.attributes!.values, [12345, 'abc']);
  assert.is(record.droppedAttributes, 2);
  assert.is(record.isTruncated, true);
});

test.run();
