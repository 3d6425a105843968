import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ReceivedLog } from '../../src/receiver/received-log.js';
import { toWhole } from '../../src/viewer/entry.js';
import { jsonLine, terminalLine } from '../../src/viewer/terminal.js';
import { entry } from './entries.js';

const test = suite('viewer/terminal');

const line = (described: Partial<ReceivedLog>, hasColours = false) =>
  terminalLine(toWhole(entry(described)), hasColours).replace(/[\d:.]{12}/, 'TIME');

test('a record is one line of time, level, service, message and fields', () => {
  const described = {
    body: 'Job received',
    attributes: { job_id: 'j 1', size: { mb: 3 }, 'log.iostream': 'stdout', 'code.line.number': 3 },
    resource: { 'service.name': 'worker' },
    traceId: 'ab'.repeat(16),
  };

  assert.is(
    line(described),
    `TIME INFO  worker Job received job_id="j 1" size.mb=3 trace_id=${'ab'.repeat(16)}`,
  );
});

test('what continues a message is indented, and a stack follows unless the message has it', () => {
  const attributes = { 'exception.stacktrace': 'Error: x\n    at a.js:1' };

  assert.is(line({ body: 'a\nb' }), 'TIME INFO  a\n    b');
  assert.is(
    line({ body: 'failed', severityNumber: 17, severityText: 'ERROR', attributes }),
    'TIME ERROR failed\n    Error: x\n        at a.js:1',
  );
  assert.is(
    line({ body: 'Error: x\n    at a.js:1', attributes }),
    'TIME INFO  Error: x\n        at a.js:1',
  );
});

test('a colour tells the level, where there are colours', () => {
  assert.is(
    line({ body: 'slow', severityNumber: 13, severityText: 'WARN', attributes: { a: 1 } }, true),
    '\x1b[2mTIME\x1b[0m \x1b[33mWARN \x1b[0m slow \x1b[2ma=1\x1b[0m',
  );
});

test('nothing logged acts on the terminal, or looks like a line of its own', () => {
  const evil = '\x1b[2J\r\b\x07\u009b1m\u202e\0';
  const logged = {
    body: evil,
    attributes: { [evil]: evil, 'exception.stacktrace': `${evil}\n12:00 INFO fake` },
    severityText: evil,
    resource: { 'service.name': evil },
  };

  const shown = line(logged);
  const json = jsonLine(toWhole(entry(logged)));

  assert.not.match(shown.replaceAll('\n', ''), /[\p{Cc}\p{Cf}]/u);
  assert.not.match(shown, /\n\S/);
  assert.not.match(json, /[\p{Cc}\p{Cf}]/u);
  assert.is(JSON.parse(json).body, evil.replace('\0', '␀'));
});

test.run();
