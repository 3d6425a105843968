import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readText, rulesOf } from './rules-of.js';

const test = suite('rules/read-redact');

test('names and patterns of secrets are read, one of each or a list', () => {
  const { redact } = rulesOf(`
    redact: { keys: ssn, patterns: ['CUST-\\d{6}', '/tax id \\w+/i'], allow: [session_token] }`);

  assert.equal(redact?.keys, ['ssn']);
  assert.equal(redact?.allowedKeys, ['session_token']);
  assert.equal(redact?.patterns?.map(String), ['/CUST-\\d{6}/', '/tax id \\w+/i']);
});

for (const text of ['rules: []', 'redact:']) {
  test(`${JSON.stringify(text)} says nothing of secrets`, () => {
    assert.is(rulesOf(text).redact, undefined);
  });
}

for (const [redact, problem] of [
  ['[ssn]', '1: redact is not a mapping of names to values'],
  ['{ key: ssn }', '1: "key" is not keys, patterns or allow'],
  ['{ keys: 5 }', '1: keys is not a text or a list of texts'],
  ['{ patterns: "(" }', /"\(" is no regular expression/],
  ['{ patterns: "(a+)+$" }', /may take for ever/],
  // Harmless where 1024 characters are matched, as in rules, and not in a whole body.
  ['{ patterns: "[a-z]+-[0-9]" }', /takes too long on some texts of 65536 characters/],
] as const) {
  test(`${redact} is told, and the rules hold`, () => {
    const { rules, problems } = readText(`redact: ${redact}\nrules: [{ drop: true }]`);

    assert.is(problems.length, 1);
    if (typeof problem === 'string') assert.is(problems[0], problem);
    else assert.match(problems[0]!, problem);
    assert.is(rules.redact, undefined);
    assert.not(rules.apply({} as never));
  });
}

test.run();
