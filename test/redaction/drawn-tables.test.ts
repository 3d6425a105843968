import { Console } from 'node:console';
import { PassThrough } from 'node:stream';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { LogFields, type LogRecord, type LogValue } from '../../src/log-record.js';
import { fields, logRecord } from '../helpers/log-records.js';
import { createRedaction } from '../helpers/redaction.js';

const test = suite('redaction/drawn-tables');

const WITHHELD = '[REDACTED: this table holds a secret]';

function drawn(rows: object): string {
  const stream = new PassThrough();
  new Console({ stdout: stream, colorMode: false }).table(rows);
  return String(stream.read());
}

function redactedTable(rows: object, described: Partial<LogRecord> = {}): LogRecord {
  const attributes = fields({ rows: logValue(rows) });
  const record = logRecord({ method: 'table', body: drawn(rows), attributes, ...described });
  createRedaction().record(record);
  return record;
}

function logValue(value: unknown): LogValue {
  if (Array.isArray(value)) return value.map(logValue);
  if (typeof value !== 'object' || value === null) return value as LogValue;
  const made = new LogFields();
  for (const [key, item] of Object.entries(value)) made.add(key, logValue(item));
  return made;
}

for (const rows of [
  [
    { user: 'ann', password: 'hunter2xyz!9' },
    { user: 'bob', password: 'hunter2' },
  ],
  { a: 1, password: 'hunter2' },
  [[['token', 'hunter2']]],
  [{ url: 'postgres://u:hunter2@db/x' }],
]) {
  test(`the table of ${JSON.stringify(rows)} is drawn without its secrets`, () => {
    const body = redactedTable(rows).body as string;
    assert.not.match(body, 'hunter2');
    assert.match(body, '[REDACTED]');
    assert.match(body, '(index)');
    assert.is(body.split('\n').length, drawn(rows).split('\n').length);
  });
}

test('columns stay where they are if there is room', () => {
  const rows = [
    { token: 'a-long-enough-token', n: 1 },
    { token: 'another-token-of-many', n: 2 },
  ];
  const lines = (redactedTable(rows).body as string).trim().split('\n');
  const widths = new Set(lines.map(line => line.length));
  assert.is(widths.size, 1, lines.join('\n'));
});

test('a table that shows a secret in another way is withheld', () => {
  assert.is(redactedTable([{ password: "hunter2'\n" }]).body, WITHHELD);
});

test('of a table that was cut, a column that may hold secrets is enough', () => {
  const rows = [{ user: 'ann', password: 'hunter2' }];
  const attributes = () => fields({ rows: [] });
  const cut = redactedTable(rows, { attributes: attributes(), isTruncated: true });
  assert.is(cut.body, WITHHELD);
  const other = [{ user: 'ann', age: 7 }];
  const whole = redactedTable(other, { attributes: attributes(), isTruncated: true });
  assert.is(whole.body, drawn(other));
});

test('a table without secrets stays', () => {
  const rows = [{ user: 'ann', max_tokens: '7' }];
  assert.is(redactedTable(rows).body, drawn(rows));
});

test.run();
