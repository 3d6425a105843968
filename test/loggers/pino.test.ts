import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { linesOf, recordsOf } from '../preload/console-records.js';
import { assertUnnoticed, recordsOfModule } from './logger-programs.js';

const test = suite('loggers/pino');

const TO_NOWHERE = '{ write() {} }';

const calls: readonly (readonly [call: string, ...line: unknown[]])[] = [
  ["l.info('Job completed')", 'INFO', 'Job completed'],
  [
    "l.info({ job_id: 'w1', n: { a: [1] } }, 'Done')",
    'INFO',
    'Done',
    { job_id: 'w1', n: { a: [1] } },
  ],
  ["l.warn('%s of %d', 'one', 2)", 'WARN', 'one of 2'],
  ["l.trace('t')", 'TRACE', 't'],
  ["l.debug('d')", 'DEBUG', 'd'],
  ['l.info({ only: 1 })', 'INFO', '{"only":1}', { only: 1 }],
  ["l.info({ msg: 'in the object', a: 1 })", 'INFO', 'in the object', { a: 1 }],
  ["l.audit('seen')", 'INFO', 'seen', { level: 'audit' }],
  [
    "l.child({ a: 1, b: 1 }).child({ b: 2 }).info({ c: 3 }, 'deep')",
    'INFO',
    'deep',
    { a: 1, b: 2, c: 3 },
  ],
  ["l.child({ a: 1 }).info({ a: 2 }, 'own')", 'INFO', 'own', { a: 2 }],
  ["l.child({}, { msgPrefix: '[gpu] ' }).info('hot')", 'INFO', '[gpu] hot'],
  ["l.info({ 'log.x': 1, pid: 7 }, 'names')", 'INFO', 'names', { 'user.log.x': 1, pid: 7 }],
  [
    "l.info({ at: new Date(0), big: '\\u001b[31mred' }, '\\u001b[32mgreen\\u001b[39m')",
    'INFO',
    'green',
    { at: '1970-01-01T00:00:00.000Z', big: '\u001b[31mred' },
  ],
  [
    "l.info({ password: 'p', user: { token: 't', id: 1 } }, 'in')",
    'INFO',
    'in',
    { password: '[Redacted]', user: { token: '[Redacted]', id: 1 } },
  ],
  ["pino({ mixin: () => ({ m: 1 }) }, out).info('mixed')", 'INFO', 'mixed', { m: 1 }],
  [
    "pino({ messageKey: 'message', nestedKey: 'p' }, out).info({ a: 1 }, 'nested')",
    'INFO',
    'nested',
    { p: { a: 1 } },
  ],
  ["pino({ timestamp: false, base: null }, out).info('bare')", 'INFO', 'bare'],
  [
    "pino({ base: { region: 'eu' }, name: 'svc', formatters: { level: severity => ({ severity }) } }, out).info('base')",
    'INFO',
    'base',
    { region: 'eu', name: 'svc' },
  ],
  [
    "pino({ serializers: { req: ({ id }) => id } }, out).info({ req: { id: 1, cookie: 2 } }, 'seen')",
    'INFO',
    'seen',
    { req: 1 },
  ],
  ['l.info(5)', 'INFO', 5],
  [
    "l.info({ err: { message: 'no error' } }, 'told')",
    'INFO',
    'told',
    { err: { type: 'Object', message: 'no error', stack: '' } },
  ],
  ['pino({ crlf: true }, out).info({ a: 1 })', 'INFO', '{"a":1}', { a: 1 }],
  ["l.silent('nothing'); pino({ level: 'error' }, out).info('below')"],
];

test("a record has the body, level and fields of pino's line", async () => {
  const program = `
    const pino = require('pino');
    const out = ${TO_NOWHERE};
    const l = pino({
      level: 'trace', customLevels: { audit: 35 }, redact: ['password', 'user.token'],
    }, out);
    ${calls.map(([call]) => call).join(';\n')}
  `;
  const records = await recordsOf(program, { OTEL_REGISTER_REDACT: 'off' });

  const expected = calls.filter(call => call.length > 1).map(([, ...line]) => line);
  assert.equal(linesOf(records), expected);
  for (const { scope } of records) assert.is(scope.name, 'pino');
});

for (const [call, body, more] of [
  ["l.error(error, 'Job failed')", 'Job failed', {}],
  ['l.error(error)', 'boom', {}],
  ["l.error({ err: error, job_id: 1 }, 'Job failed')", 'Job failed', { job_id: 1 }],
  ["pino({ errorKey: 'error' }, out).error(error, 'Job failed')", 'Job failed', {}],
] as const) {
  test(`${call} carries the error as exception, and its fields`, async () => {
    const [record] = await recordsOf(`
      const pino = require('pino');
      const out = ${TO_NOWHERE};
      const l = pino(out);
      const error = Object.assign(new TypeError('boom'), { code: 'E7', port: 8188 });
      ${call};
    `);
    const { 'exception.stacktrace': stack, ...attributes } = record!.attributes;
    assert.is(record?.severityText, 'ERROR');
    assert.is(record?.body, body);
    assert.match(String(stack), /^TypeError: boom\n {4}at /);
    assert.equal(linesOf([{ ...record!, attributes }]), [
      [
        'ERROR',
        body,
        {
          ...more,
          port: 8188,
          'exception.type': 'TypeError',
          'exception.message': 'boom',
          'error.code': 'E7',
        },
      ],
    ]);
  });
}

test('what redact hides of an error does not arrive', async () => {
  const [record] = await recordsOf(`
    const l = require('pino')({ redact: ['err.message', 'err.stack', 'err.port'] }, ${TO_NOWHERE});
    l.error(Object.assign(new TypeError('hush'), { port: 8188 }), 'Job failed');
  `);
  assert.not.match(JSON.stringify(record?.attributes), /hush|8188/);
});

test('it is loaded by import, too', async () => {
  const records = await recordsOfModule(
    "import { pino } from 'pino'; pino({ base: null }).info({ a: 1 }, 'm');",
  );
  assert.equal(linesOf(records), [['INFO', 'm', { a: 1 }]]);
});

test('streams, children and a level change print as without the preload', async () => {
  await assertUnnoticed(`
    const pino = require('pino');
    const options = { base: null, timestamp: false };
    const stdout = pino.destination({ fd: 1, sync: true });
    const l = pino(options, pino.multistream([
      { level: 'info', stream: stdout },
      { level: 'error', stream: process.stderr },
    ]));
    l.info({ a: 1 }, 'one');
    l.error(Object.assign(new Error('two'), { stack: 'none' }));
    l.level = 'error';
    l.info('hidden');
    pino(options, stdout).warn({ cyclic: (() => { const c = {}; c.c = c; return c; })() });
    pino(options, process.stdout).warn('by the stream');
    console.log(Object.getOwnPropertyNames(l).join(), l[pino.symbols.asJsonSym].name, l[pino.symbols.asJsonSym].length);
  `);
});

test('what a mixin throws is thrown', async () => {
  await assertUnnoticed(`
    const l = require('pino')({ mixin() { throw new RangeError('mixed up'); } });
    try { l.info('x'); } catch (error) { console.log(error.message); }
  `);
});

test('the span and the log context are those of the call', async () => {
  const records = await recordsOf(`
    const { withLogContext } = require('@emp/otel-register/api');
    const l = require('pino')({ base: null });
    withLogContext({ job_id: 'j1' }, () => l.info('in'));
    l.info('out');
  `);
  assert.equal(linesOf(records), [
    ['INFO', 'in', { job_id: 'j1' }],
    ['INFO', 'out'],
  ]);
});

test('an error says where the program logged it', async () => {
  const [record] = await recordsOf("function work() { require('pino')().error('x') }\nwork();");
  assert.is(record?.attributes['code.function.name'], 'work');
  assert.is(record?.attributes['code.line.number'], 1);
});

test.run();
