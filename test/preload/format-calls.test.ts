import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { linesOf } from './console-records.js';
import { parseLines, runFormatted, said } from './formatted-output.js';

const test = suite('preload/format-calls');

test('what is below the least level is neither printed nor sent', async () => {
  const { out, err, records } = await runFormatted(
    `console.debug('no'); console.log('no'); console.table([1]); console.trace('no');
    console.warn('yes'); console.group('no'); console.error('yes'); console.assert(0, 'yes');`,
    'json',
    { env: { OTEL_REGISTER_LOG_LEVEL: 'warn' } },
  );

  assert.is(out, '');
  assert.equal(parseLines(err).map(said), [
    ['warn', 'yes'],
    ['error', 'yes'],
    ['error', 'Assertion failed: yes'],
  ]);
  assert.is(records.length, 3);
});

test('a wrapper of the console changes what is printed, and nothing else', async () => {
  const { out, err } = await runFormatted(
    `for (const name of ['log', 'warn', 'error']) {
      const original = console[name];
      console[name] = (...args) => original('[app]', ...args);
    }
    console.log('text', { a: 1 }); console.count('c'); console.table(new Map([[1, 2]]));
    console.trace({ b: 1 }); console.assert(false, 'no', { c: 1 });`,
    'json',
  );

  const lines = [...parseLines(out), ...parseLines(err)].map(said);
  assert.equal(
    lines.map(([level, message]) => [level, String(message).split('\n')[0]]),
    [
      ['info', '[app] text { a: 1 }'],
      ['info', '[app] c: 1'],
      ['info', '[app] ┌───────────────────┬─────┬────────┐'],
      ['trace', '[app] Trace: { b: 1 }'],
      ['error', '[app] Assertion failed: no { c: 1 }'],
    ],
  );
  assert.equal(lines[1]![2], { label: 'c', count: 1 });
  assert.equal(lines[2]![2], { rows: { 1: 2 } });
});

test('consoles on the output of the process are formatted, others have a format of their own', async () => {
  const { out, err } = await runFormatted(
    `const chunks = [];
    const { Writable } = require('node:stream');
    const memory = new Writable({ write(chunk, _, done) { chunks.push(String(chunk)); done(); } });
    new console.Console(process.stdout, process.stderr).error('own', { a: 1 });
    new console.Console(process.stderr).log('on stderr');
    new console.Console(memory, process.stderr).log('in memory', { a: 1 });
    new console.Console(memory, process.stderr).warn('beside it');
    console.log('chunks', { chunks });`,
    'json',
  );

  assert.equal(parseLines(out).map(said), [
    ['info', 'chunks', { chunks: ['in memory { a: 1 }\n'] }],
  ]);
  assert.equal(parseLines(err).map(said), [
    ['error', 'own', { a: 1 }],
    ['info', 'on stderr'],
    ['warn', 'beside it'],
  ]);
});

test('OTEL_REGISTER_CONSOLE_INSTANCES=off leaves them all alone', async () => {
  const { out } = await runFormatted(
    "new console.Console(process.stdout).log('own', { a: 1 });",
    'json',
    { env: { OTEL_REGISTER_CONSOLE_INSTANCES: 'off' } },
  );

  assert.is(out, 'own { a: 1 }\n');
});

test('a stream of the application gets the formatted line, and its error passes on', async () => {
  const { out, records } = await runFormatted(
    `const written = [];
    const { write } = process.stdout;
    process.stdout.write = function (chunk, ...rest) { written.push(chunk); return true; };
    console.log('a', { b: 1 });
    process.stdout.write = write;
    console.log('written', { line: written[0], count: written.length });
    const stream = { write() { throw new Error('full'); }, _isStdio: true };
    const strict = new console.Console({ stdout: stream, ignoreErrors: false });
    try { strict.table([1]); } catch (error) { console.log(error.message); }`,
    'json',
  );

  const [written, full] = parseLines(out);
  const line = parseLines(String(written!.line))[0]!;
  assert.equal(said(line), ['info', 'a', { b: 1 }]);
  assert.is(written!.count, 1);
  assert.is(full!.message, 'full');
  assert.equal(
    linesOf(records).map(([severity, body]) => [severity, String(body).slice(0, 1)]),
    [
      ['INFO', 'a'],
      ['INFO', 'w'],
      ['INFO', '┌'],
      ['INFO', 'f'],
    ],
  );
});

test('lines keep their place among other writes, and are written when the call returns', async () => {
  const { stdout } = await runFormatted(
    `console.log('1'); process.stdout.write('{"n":2}\\n'); console.error('aside');
    require('node:fs').writeSync(1, '{"n":3}\\n'); console.log('4'); process.reallyExit(0);`,
    'json',
    { stdio: 'file' },
  );

  assert.equal(
    parseLines(stdout.toString()).map(({ message, n }) => message ?? n),
    ['1', 2, 3, '4'],
  );
});

test('worker threads format too, and name themselves', async () => {
  const { out, err } = await runFormatted(
    `const { Worker } = require('node:worker_threads');
    new Worker("console.log('in', { a: 1 }); new console.Console(process.stderr).warn('own');", { eval: true });`,
    'json',
  );

  assert.equal(parseLines(out).map(said), [['info', 'in', { a: 1, 'thread.id': 1 }]]);
  assert.equal(parseLines(err).map(said), [['warn', 'own', { 'thread.id': 1 }]]);
});

test('a recursion that logs until the stack is full prints whole lines only', async () => {
  const { out, code } = await runFormatted(
    `function deeper(depth) { console.log('deep', { depth }); deeper(depth + 1); }
    try { deeper(0); } catch (error) { console.log(error.constructor.name); }`,
    'json',
    { nodeArgs: ['--stack-size=100'] },
  );

  assert.is(code, 0);
  const lines = parseLines(out);
  assert.ok(lines.length > 10);
  assert.is(lines.at(-1)!.message, 'RangeError');
});

for (const [name, env] of [
  ['OTEL_SDK_DISABLED', { OTEL_SDK_DISABLED: 'true' }],
  ['a format there is not', { OTEL_REGISTER_LOG_FORMAT: 'xml', OTEL_REGISTER_DIAGNOSTICS: 'off' }],
] as const) {
  test(`with ${name} the output stays as it is`, async () => {
    const { out, err } = await runFormatted(
      "console.log('a', { b: 1 }); console.error('c');",
      'json',
      { env },
    );

    assert.equal([out, err], ['a { b: 1 }\n', 'c\n']);
  });
}

test('without a collector and a spool the output is formatted all the same', async () => {
  const { out } = await runFormatted("console.log('a', { b: 1 })", 'json', {
    env: {
      OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'http://127.0.0.1:9/v1/logs',
      OTEL_REGISTER_SPOOL: 'off',
    },
  });

  assert.equal(parseLines(out).map(said), [['info', 'a', { b: 1 }]]);
});

test.run();
