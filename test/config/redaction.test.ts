import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readConfig } from '../../src/config.js';

const test = suite('config/redaction');

const NAMES: readonly (readonly [value: string, keys: string[], allowedKeys: string[]])[] = [
  ['ssn', ['ssn'], []],
  ['ssn, +iban ,-session_token', ['ssn', 'iban'], ['session_token']],
  ['customer.tax-id,größe,vat 2', ['customer.tax-id', 'größe', 'vat 2'], []],
  [',,', [], []],
];
for (const [value, keys, allowedKeys] of NAMES) {
  test(`OTEL_REGISTER_REDACT_KEYS="${value}" names what is and what is no secret`, () => {
    const { config, problems } = readConfig({ OTEL_REGISTER_REDACT_KEYS: value });

    assert.equal(config.redactNames, { keys, allowedKeys });
    assert.equal(problems, []);
  });
}

for (const bad of ['42', '-', 'a*b', '$x', 'x'.repeat(129)]) {
  test(`of OTEL_REGISTER_REDACT_KEYS="ssn,${bad.slice(0, 20)}" the name is used, the rest costs one line`, () => {
    const { config, problems } = readConfig({ OTEL_REGISTER_REDACT_KEYS: `ssn,${bad}` });

    assert.equal(config.redactNames, { keys: ['ssn'], allowedKeys: [] });
    assert.is(problems.length, 1);
    assert.match(problems[0]!, /^OTEL_REGISTER_REDACT_KEYS=.* has entries that are no names/);
  });
}

for (const [value, hasRedaction, lines] of [
  ['off', false, 0],
  ['on', true, 0],
  ['sometimes', true, 1],
] as const) {
  test(`OTEL_REGISTER_REDACT=${value} means ${hasRedaction ? 'on' : 'off'}`, () => {
    const { config, problems } = readConfig({ OTEL_REGISTER_REDACT: value });

    assert.equal([config.hasRedaction, problems.length], [hasRedaction, lines]);
  });
}

test.run();
