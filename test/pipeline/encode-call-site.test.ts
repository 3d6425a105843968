import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { logRecord, roundTrip } from '../helpers/log-records.js';

const test = suite('pipeline/encode-call-site');

const PLACE = { file: '/srv/app/a.js', line: 41, column: 15 };

test('a call site becomes code.* attributes', () => {
  const record = logRecord({ callSite: { ...PLACE, functionName: 'Job.run' } });

  assert.equal(roundTrip(record).attributes, {
    'code.file.path': '/srv/app/a.js',
    'code.line.number': 41,
    'code.column.number': 15,
    'code.function.name': 'Job.run',
  });
});

test('a function without a name is left out', () => {
  const record = logRecord({ callSite: { ...PLACE, functionName: undefined } });

  assert.not('code.function.name' in roundTrip(record).attributes);
});

test('the longest call site fits what was foreseen for it', () => {
  const file = '\u{800}'.repeat(4096);
  const functionName = '\u{800}'.repeat(256);
  const record = logRecord({
    callSite: { file, line: 2 ** 31 - 1, column: 2 ** 31 - 1, functionName },
  });

  assert.is(roundTrip(record).attributes['code.file.path'], file);
});

test.run();
