// A program that replaces what others use, then has its first record redacted, and what is a secret changed.
import vm from 'node:vm';
import { createLiveRedaction } from '../../src/redaction/live-redaction.js';
import { fields, logRecord } from '../helpers/log-records.js';
import { COMMON_HOLDERS, runWithoutBuiltins } from '../helpers/replaced-builtins.js';

const rules = { redact: { keys: ['ssn'] } };
const redaction = createLiveRedaction({ keys: ['iban'] }, rules);
const changed = { keys: ['tax-Nummer'], patterns: [{ source: 'TOP-\\d+', flags: 'gi' }] };
const record = logRecord({
  body: 'pwd=hunter2, x://u:pw@h, Basic dXNlcjpodW50ZXIy, 4111 1111 1111 1111, top-1',
  attributes: fields({ api_key: 'abc', n: 'token=abcdef', ssn: '1', iban: '2' }),
});

let text = '';
let below = '';
const used = runWithoutBuiltins([...COMMON_HOLDERS, vm], () => {
  redaction.record(record);
  rules.redact = changed;
  redaction.record(record);
  text = redaction.text('TAX-NUMMER=hunter2');
  below = redaction.text('{"password":["hunter2"]}');
});

if (record.attributes === undefined) throw new Error(used.join());
const { keys, values } = record.attributes;
const attributes = Object.fromEntries(keys.map((key, index) => [key, values[index]]));
process.stdout.write(JSON.stringify({ used, body: record.body, attributes, text, below }));
