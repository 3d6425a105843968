import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CONSOLE_METHODS } from '../src/console/methods.js';
import { ConsoleRecords } from '../src/console/record.js';
import { namedScope, newRecord } from '../src/log-record.js';

const test = suite('log-record');

const AT = { timeHigh: 1, timeLow: 2, span: undefined, callee: null };
const CONTENT = {
  body: 'text',
  attributes: undefined,
  exception: undefined,
  isTruncated: false,
  droppedAttributes: 0,
};

// Objects whose keys are in another order are of another shape: whatever reads both is slower.
test('a record of the console has the keys of all others, in their order', () => {
  const records = new ConsoleRecords({
    maxAttributes: 8,
    maxValueLength: 64,
    body: 'message',
    wants: () => true,
  });
  const method = CONSOLE_METHODS.find(({ name }) => name === 'log')!;
  const call = { ...AT, method, target: console, args: ['text'], printed: 'text' };

  const ofConsole = records.toRecord(call, 'text')!;
  const other = newRecord({
    scope: namedScope('other'),
    severityNumber: 9,
    at: AT,
    content: CONTENT,
  });

  assert.equal(Object.keys(ofConsole), Object.keys(other));
  assert.equal(
    { ...ofConsole, scope: other.scope },
    { ...other, method: 'log', iostream: 'stdout' },
  );
});

test.run();
