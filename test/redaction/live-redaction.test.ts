import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createLiveRedaction } from '../../src/redaction/live-redaction.js';
import type { RedactionOptions } from '../../src/redaction/redaction.js';
import { fields, logRecord } from '../helpers/log-records.js';

const test = suite('redaction/live-redaction');

function live(redact?: RedactionOptions) {
  const rules = { redact };
  return { rules, redaction: createLiveRedaction({ keys: ['ssn'] }, rules) };
}

test('what a file adds holds beside the configuration, as long as the file says it', () => {
  const { rules, redaction } = live({ keys: ['iban'] });
  const text = 'ssn=abcde iban=abcde tax=abcde';

  assert.is(redaction.text(text), 'ssn=[REDACTED] iban=[REDACTED] tax=abcde');
  rules.redact = { keys: ['tax'] };
  assert.is(redaction.text(text), 'ssn=[REDACTED] iban=abcde tax=[REDACTED]');
  rules.redact = undefined;
  assert.is(redaction.text(text), 'ssn=[REDACTED] iban=abcde tax=abcde');
});

test('what fails to be built lets nothing through, each time, and is tried again', () => {
  const { rules, redaction } = live();
  let isBroken = true;
  rules.redact = {
    get keys() {
      if (isBroken) throw new RangeError('stack');
      return ['iban'];
    },
  };
  for (let times = 0; times < 2; times++) {
    const record = logRecord({ body: 'iban=abcde', attributes: fields({ a: 'iban=abcde' }) });
    redaction.record(record);
    assert.is(record.body, '[REDACTED: this text could not be looked through]');
    assert.is(record.attributes, undefined);
  }
  const attributes = fields({ iban: 'abcde' });
  redaction.fields(attributes);
  assert.equal([attributes.keys, attributes.values], [[], []]);
  assert.not.match(redaction.text('iban=abcde'), 'abcde');

  isBroken = false;
  assert.is(redaction.text('iban=abcde'), 'iban=[REDACTED]');
});

test.run();
