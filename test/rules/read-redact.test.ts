import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readText, rulesOf } from './rules-of.js';

const test = suite('rules/read-redact');

test('names and patterns of secrets are read, one of each or a list', () => {
  const { redact } = rulesOf(`
    redact: { keys: ssn, patterns: ['CUST-\\d{6}', '/tax id \\w+/i'], allow: [session_token] }`);

  assert.equal(redact?.keys, ['ssn']);
  assert.equal(redact?.allowedKeys, ['session_token']);
  assert.equal(redact?.patterns, [
    { source: 'CUST-\\d{6}', flags: '' },
    { source: 'tax id \\w+', flags: 'i' },
  ]);
});

for (const text of ['rules: []', 'redact:']) {
  test(`${JSON.stringify(text)} says nothing of secrets`, () => {
    assert.is(rulesOf(text).redact, undefined);
  });
}

const NONE = { keys: [], patterns: [], allowedKeys: [] };
const SSN = { ...NONE, keys: ['ssn'] };

for (const [redact, problem, left] of [
  ['[ssn]', '1: redact is not a mapping of names to values', undefined],
  ['{ keys: ssn, key: iban }', '1: "key" is not keys, patterns or allow', SSN],
  ['{ keys: 5 }', '1: keys is not a text or a list of texts', NONE],
  ['{ keys: [5, ssn] }', '1: 5 in keys is not a text', SSN],
  ['{ keys: [ssn, ""] }', '1: "" in keys is not a text', SSN],
  ['{ keys: ssn, allow: { a: b } }', '1: allow is not a text or a list of texts', SSN],
  ['{ keys: ssn, patterns: "(" }', /"\(" is no regular expression/, SSN],
  ['{ keys: ssn, patterns: ["(a+)+$"] }', /may take for ever/, SSN],
  // Harmless where 1024 characters are matched, as in rules, and not in a whole body.
  [
    '{ patterns: ["[a-z]+-[0-9]", x] }',
    /takes too long on some texts of 65536 characters/,
    { ...NONE, patterns: [{ source: 'x', flags: '' }] },
  ],
] as const) {
  test(`${redact} is told, the rest of it and the rules hold`, () => {
    const { rules, problems } = readText(`redact: ${redact}\nrules: [{ drop: true }]`);

    assert.is(problems.length, 1);
    if (typeof problem === 'string') assert.is(problems[0], problem);
    else assert.match(problems[0]!, problem);
    assert.equal(rules.redact, left);
    assert.not(rules.apply({} as never));
  });
}

test('empty lists are none', () => {
  assert.equal(rulesOf('redact: { keys: [ssn], patterns: [], allow: }').redact, SSN);
});

for (const [now, left] of [
  ['redact: [ssn]', ['ssn', 'x']],
  ['redact: { keys: 5 }', ['ssn']],
  ['redact: { keys: iban, patterns: 5 }', ['iban', 'x']],
  ['redact: { keys: [5] }', []],
  ['redact: { keys: [] }', []],
] as const) {
  test(`of what was read before, ${now} leaves ${left.join(' and ') || 'nothing'}`, () => {
    const before = rulesOf('redact: { keys: [ssn], patterns: [x], allow: [token] }');
    const { rules, faults } = readText(now, {}, before);
    const { keys = [], patterns = [], allowedKeys } = rules.redact!;

    assert.equal([...keys, ...patterns.map(({ source }) => source)], left);
    assert.equal(allowedKeys, now === 'redact: [ssn]' ? ['token'] : []);
    assert.is(
      faults.some(({ isKept }) => isKept === true),
      left.length > 0,
    );
  });
}

test('a section that is gone is gone', () => {
  const before = rulesOf('redact: { keys: [ssn] }');
  assert.is(readText('rules: []', {}, before).rules.redact, undefined);
});

test.run();
