import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type JsonLine, parseLines, runFormatted, said } from './formatted-output.js';

const test = suite('preload/format-json');

/** Every line, of stdout first. */
async function linesOf(program: string, env: Record<string, string> = {}): Promise<JsonLine[]> {
  const { out, err, code } = await runFormatted(program, 'json', { env });
  assert.is(code, 0, err);
  return [...parseLines(out), ...parseLines(err)];
}

const shapes: Record<string, readonly [level: string, message: string, rest?: object]> = {
  "console.log('plain')": ['info', 'plain'],
  'console.log()': ['info', ''],
  "console.info('%s of %d', 'one', 2)": ['info', 'one of 2', { 'log.template': '%s of %d' }],
  "console.debug('fields', { job_id: 'j1', nested: { list: [1, null, true] } })": [
    'debug',
    'fields',
    { job_id: 'j1', nested: { list: [1, null, true] } },
  ],
  'console.log({ only: 1 }, 2)': ['info', '{ only: 1 } 2', { only: 1 }],
  "console.warn('x', { level: 1, message: 2, timestamp: 3, service: 4, trace_id: 5 })": [
    'warn',
    'x',
    { 'user.level': 1, 'user.message': 2, 'user.timestamp': 3, service: 4, trace_id: 5 },
  ],
  "console.warn('x', { level: 1, 'user.level': 2, 'log.level': 3 })": [
    'warn',
    'x',
    { 'user.level.2': 1, 'user.level': 2, 'user.log.level': 3 },
  ],
  "console.log('n', { a: NaN, b: -Infinity, c: -0, d: 5n, e: 2n ** 70n, f: 1e21, g: undefined })": [
    'info',
    'n',
    {
      a: 'NaN',
      b: '-Infinity',
      c: 0,
      d: 5,
      e: '1180591620717411303424',
      f: 1e21,
      g: null,
    },
  ],
  "console.log('b', { bytes: Buffer.from('abc'), date: new Date(0), set: new Set([1]) })": [
    'info',
    'b',
    { bytes: 'YWJj', date: '1970-01-01T00:00:00.000Z', set: [1] },
  ],
  'console.table([{ a: 1 }])': [
    'info',
    '┌─────────┬───┐\n│ (index) │ a │\n├─────────┼───┤\n│ 0       │ 1 │\n└─────────┴───┘',
    { rows: [{ a: 1 }] },
  ],
  'console.dir({ a: { b: 1 } }, { depth: 0 })': ['info', '{ a: [Object] }', { a: { b: 1 } }],
  "console.count('c')": ['info', 'c: 1', { label: 'c', count: 1 }],
  "console.assert(false, 'no %d', 1)": [
    'error',
    'Assertion failed: no 1',
    { 'log.template': 'no %d' },
  ],
  "console.error('__proto__', JSON.parse('{\"__proto__\":1}'))": [
    'error',
    '__proto__',
    JSON.parse('{"__proto__":1}'),
  ],
};

test('each call is one line with level, message and fields', async () => {
  const calls = Object.keys(shapes);
  const { out, err } = await runFormatted(calls.join(';\n'), 'json');

  const expected = Object.values(shapes);
  const isErr = ([level]: (typeof expected)[number]) => /warn|error/.test(level);
  assert.equal(
    parseLines(out).map(said),
    expected.filter(shape => !isErr(shape)),
  );
  assert.equal(parseLines(err).map(said), expected.filter(isErr));
});

test('an error is its type, message, stack and code beside the message', async () => {
  const [line] = await linesOf(`
    const cause = new RangeError('deep\\n{"level":"fatal"}');
    console.error('failed', Object.assign(new TypeError('boom', { cause }), { code: 'E_BOOM' }));
  `);

  const { 'exception.stacktrace': stack, ...rest } = line!;
  assert.equal(said(rest), [
    'error',
    'failed',
    { 'exception.type': 'TypeError', 'exception.message': 'boom', 'error.code': 'E_BOOM' },
  ]);
  assert.match(String(stack), /^TypeError: boom\n {4}at [\s\S]*\nCaused by: RangeError: deep\n\{/);
});

test('groups leave no indentation, and time is that of the call', async () => {
  const { out, records } = await runFormatted(
    "console.group('g'); console.log('in\\ntwo'); console.groupEnd(); console.log('out');",
    'json',
  );

  const lines = parseLines(out);
  assert.equal(lines.map(said), [
    ['info', 'g'],
    ['info', 'in\ntwo'],
    ['info', 'out'],
  ]);
  assert.not.match(out, /^\s/m);
  assert.equal(
    lines.map(({ timestamp }) => Math.floor(Date.parse(String(timestamp)))),
    records.map(({ timeUnixNano }) => Number(timeUnixNano / 1_000_000n)),
  );
});

const forgeries = [
  'a\n{"level":"fatal","message":"forged"}',
  'a\r\n{"level":"fatal"}\r',
  'a\u2028{"level":"fatal"}\u2029',
  'a\u0085b\u000bc\u000cd',
  '\u001b[2J\u001b]0;title\u0007\u009b2J',
  'nul \u0000 del \u007f bidi \u202e\u2066',
  '"}\n{"level":"fatal","message":"',
  'lone \ud800 and \udc00',
];

test('no text, key or error can end its line, or act on a terminal', async () => {
  const lines = await linesOf(`
    for (const text of ${JSON.stringify(forgeries)}) {
      console.log(text);
      console.log('v', { value: text, [text]: 1, deep: [{ [text]: text }] });
      console.log('e', new Error(text));
      console.log(new Map([[text, text]]), Symbol(text));
    }
  `);

  assert.is(lines.length, forgeries.length * 4);
  assert.ok(lines.every(({ level }) => level === 'info'));
  const values = lines.filter(({ message }) => message === 'v');
  assert.equal(
    values.map(({ value }) => value),
    forgeries,
    'what is read back is what was logged',
  );
});

test('lines of one request are selected by its id, the service is named', async () => {
  const lines = await linesOf(
    "for (const request_id of ['abc123', 'b', 'abc123']) console.log('step', { request_id });",
    { OTEL_SERVICE_NAME: 'worker' },
  );

  const selected = lines.filter(line => line.request_id === 'abc123');

  assert.is(selected.length, 2);
  assert.ok(lines.every(({ service }) => service === 'worker'));
});

test('a value that is too long is cut, and says so', async () => {
  const [long, wide] = await linesOf(
    "console.log('m'.repeat(70_000)); console.log('v', { value: 'v'.repeat(9_000) });",
  );

  assert.is(String(long!.message).length, 65_536);
  assert.is(long!['log.truncated'], true);
  assert.is(String(wide!.value).length, 8_192);
  assert.is(wide!['log.truncated'], true);
});

test.run();
