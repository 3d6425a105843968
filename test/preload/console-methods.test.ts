import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Line, linesOf, recordsOf } from './console-records.js';

const test = suite('preload/console-methods');

const METHODS: readonly [code: string, iostream: string, line: Line][] = [
  [`console.log('x')`, 'stdout', ['INFO', 'x']],
  [`console.info('x')`, 'stdout', ['INFO', 'x']],
  [`console.debug('x')`, 'stdout', ['DEBUG', 'x']],
  [`console.warn('x')`, 'stderr', ['WARN', 'x']],
  [`console.error('x')`, 'stderr', ['ERROR', 'x']],
  [`console.assert(false, 'x')`, 'stderr', ['ERROR', 'Assertion failed: x']],
  [
    `console.assert(false, 'x', { a: 1 })`,
    'stderr',
    ['ERROR', 'Assertion failed: x { a: 1 }', { a: 1, 'log.template': 'x' }],
  ],
  [`console.dir({ a: 1 }, { depth: 0 })`, 'stdout', ['INFO', '{ a: 1 }', { a: 1 }]],
  [`console.dirxml('x', 1)`, 'stdout', ['INFO', 'x 1']],
  [`console.group('x')`, 'stdout', ['INFO', 'x']],
  [`console.groupCollapsed('y')`, 'stdout', ['INFO', 'y']],
  [`console.log('inside\\ntwo lines')`, 'stdout', ['INFO', 'inside\ntwo lines']],
  [
    `console.groupEnd(); console.groupEnd(); console.count()`,
    'stdout',
    ['INFO', 'default: 1', { label: 'default', count: 1 }],
  ],
  [`console.count('c')`, 'stdout', ['INFO', 'c: 1', { label: 'c', count: 1 }]],
  [`console.count('c')`, 'stdout', ['INFO', 'c: 2', { label: 'c', count: 2 }]],
  [`console.log()`, 'stdout', ['INFO', '']],
];

const SILENT = [
  `console.assert(true, 'x')`,
  'console.group()',
  'console.groupEnd()',
  `console.time('t')`,
  'console.clear()',
];

test('each call that prints is one record, with its severity and stream', async () => {
  const records = await recordsOf(METHODS.map(([code]) => code).join(';\n'));

  assert.equal(
    linesOf(records),
    METHODS.map(([, , line]) => line),
  );
  assert.equal(
    records.map(record => record.attributes['log.iostream']),
    METHODS.map(([, iostream]) => iostream),
  );
  assert.equal([...new Set(records.map(record => record.scope.name))], ['console']);
});

test('calls that print nothing make no record', async () => {
  const records = await recordsOf(`${SILENT.join(';\n')};\nconsole.log('end')`);

  assert.equal(linesOf(records), [['INFO', 'end']]);
});

test('a trace is one record with its stack as body', async () => {
  const [record, ...others] = await recordsOf(`function f() { console.trace('x', { a: 1 }) } f()`);

  assert.equal(others, []);
  assert.is(record!.severityText, 'TRACE');
  assert.match(String(record!.body), /^Trace: x \{ a: 1 \}\n {4}at f \(/);
  assert.is(record!.attributes.a, 1);
});

test('a table carries its rows, and marks what was cut', async () => {
  const records = await recordsOf(
    `console.table([{ a: 1 }]); console.table(new Array(5000).fill(1)); console.table('text')`,
  );

  assert.equal(records[0]!.attributes.rows, [{ a: 1 }]);
  assert.match(String(records[0]!.body), 'index');
  assert.is(records[0]!.attributes['log.truncated'], undefined);
  assert.is(records[1]!.attributes['log.truncated'], true);
  assert.equal(linesOf(records.slice(2)), [['INFO', 'text']]);
});

test('a timer carries its label and duration', async () => {
  const records = await recordsOf(`
    console.time('t');
    console.timeLog('t', 'step', { step: 1, label: 'mine' });
    console.timeEnd('t');
    console.timeEnd('t');
  `);

  const [logged, ended] = records.map(record => record.attributes);
  assert.is(logged!.label, 't');
  assert.is(logged!['label.2'], 'mine');
  assert.is(logged!.step, 1);
  assert.ok(Number(ended!.duration_ms) >= Number(logged!.duration_ms));
});

test('no wrapper is between: destructured, imported, bound and called back', async () => {
  const records = await recordsOf(
    `
    const { log, error } = console;
    log('destructured');
    error.call(undefined, 'no receiver');
    require('node:console').warn('module');
    ['callback'].forEach(console.log);
    new Console.Console(process.stdout).log('instance');
    const earlier = console;
    globalThis.console = new Console.Console(process.stdout);
    console.log('replaced');
    globalThis.console = earlier;
    for (const level of ['log']) { const was = console[level]; console[level] = (...args) => was('[wrapped]', ...args); }
    console.log('by a library');
  `.replaceAll('Console.Console', `(require('node:console').Console)`),
  );

  assert.equal(linesOf(records), [
    ['INFO', 'destructured'],
    ['ERROR', 'no receiver'],
    ['WARN', 'module'],
    ['INFO', "callback 0 [ 'callback' ]"],
    ['INFO', 'instance'],
    ['INFO', 'replaced'],
    ['INFO', '[wrapped] by a library'],
  ]);
});

test('OTEL_REGISTER_CONSOLE_INSTANCES=off leaves other consoles alone', async () => {
  const records = await recordsOf(
    `new console.Console(process.stdout).log('instance'); console.log('global')`,
    { OTEL_REGISTER_CONSOLE_INSTANCES: 'off' },
  );

  assert.equal(linesOf(records), [['INFO', 'global']]);
});

for (const [name, env] of [
  ['LOG_LEVEL', { LOG_LEVEL: 'warn' }],
  ['OTEL_REGISTER_LOG_LEVEL', { LOG_LEVEL: 'trace', OTEL_REGISTER_LOG_LEVEL: 'WARN' }],
] as const) {
  test(`${name} is the least severity recorded, also where a JSON line names it`, async () => {
    const records = await recordsOf(
      `console.log('info'); console.warn('warn'); console.log('{"level":"error","msg":"json"}'); console.error('{"level":20,"msg":"pino"}')`,
      env,
    );

    assert.equal(linesOf(records), [
      ['WARN', 'warn'],
      ['ERROR', 'json'],
    ]);
  });
}

test.run();
