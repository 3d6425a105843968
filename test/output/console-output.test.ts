import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { LogFields, type LogRecord } from '../../src/log-record.js';
import { ConsoleOutput } from '../../src/output/console-output.js';
import { fields, logRecord } from '../helpers/log-records.js';

const test = suite('output/console-output');

interface Given {
  readonly format?: 'json' | 'console';
  readonly redactText?: (text: string) => string;
  readonly prepare?: (record: LogRecord) => boolean | undefined;
  readonly record?: Partial<LogRecord>;
  readonly printed: string;
}

/** The line of a JSON text, or of any other, that was the one argument of a call. */
function lineOf({ format = 'json', redactText, prepare, record, printed }: Given) {
  const path = { prepare: (made: LogRecord) => prepare?.(made) ?? true, send: () => {} };
  const output = new ConsoleOutput({ format, service: undefined, redactText, path });
  return output.line({
    record: logRecord({ body: printed, ...record }),
    printed,
    argument: printed,
    indentation: '',
    hasColours: false,
  });
}

const SECRET = '{"msg":"hi","password":"hunter2","nested":[{"token":"abc"}]}';
const nested = () => fields({ token: 'abc' });
const secretRecord = (): Partial<LogRecord> => ({
  body: 'hi',
  attributes: fields({ password: 'hunter2', nested: [nested()] }),
});

test('what a path refuses is no line', () => {
  for (const format of ['json', 'console'] as const) {
    assert.is(lineOf({ format, printed: 'text', prepare: () => false }), undefined);
    assert.is(lineOf({ format, printed: SECRET, prepare: () => false }), undefined);
  }
});

const redactions: Record<string, (record: LogRecord) => void> = {
  'a field': ({ attributes }) => {
    attributes!.values[0] = '[hidden]';
  },
  'a field in a field': ({ attributes }) => {
    (attributes!.values[1] as LogFields[])[0]!.values[0] = '[hidden]';
  },
  'its fields': record => {
    record.attributes = new LogFields();
  },
  'its message': record => {
    record.body = '[hidden]';
  },
};

for (const [what, redact] of Object.entries(redactions)) {
  test(`a JSON line of which ${what} is redacted is printed as its record`, () => {
    const prepare = (record: LogRecord) => void redact(record);
    const line = lineOf({ printed: SECRET, record: secretRecord(), prepare })!;

    assert.ok('timestamp' in JSON.parse(line));
    const hidden = /field$/.test(what) ? (what === 'a field' ? 'hunter2' : 'abc') : undefined;
    if (hidden !== undefined) assert.not.ok(line.includes(hidden));
  });
}

test('a JSON line gets what was added to its record, unless it says it', () => {
  const prepare = ({ attributes }: LogRecord) => {
    attributes!.add('request_id', 'r1');
    attributes!.add('msg', 'not again');
    return true;
  };

  assert.is(
    lineOf({ printed: SECRET, record: secretRecord(), prepare }),
    `${SECRET.slice(0, -1)},"request_id":"r1"}`,
  );
});

test('a JSON line that was cut is printed whole unless a secret is in it', () => {
  const cut = { printed: SECRET, record: { ...secretRecord(), isTruncated: true } };
  const long = { printed: JSON.stringify({ long: 'x'.repeat(70_000) }) };

  const redactText = (text: string) => text.replaceAll('hunter2', '');

  assert.is(lineOf(cut), SECRET);
  assert.is(lineOf(long), long.printed);
  assert.ok('timestamp' in JSON.parse(lineOf({ ...cut, redactText })!));
  assert.is(lineOf({ ...long, redactText }), long.printed);
});

test('people are not shown twice what the text shows, but what was added to it', () => {
  const prepare = ({ attributes }: LogRecord) => {
    attributes!.add('request_id', 'r1');
    return true;
  };
  const record = { attributes: fields({ a: 1 }) };

  const line = lineOf({ format: 'console', printed: '{ a: 1 }', record, prepare })!;

  assert.is(line.slice('00:00:00.000 '.length), 'INFO  { a: 1 } request_id=r1');
});

test.run();
