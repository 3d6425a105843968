import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { linesOf, recordsOf } from '../preload/console-records.js';

const test = suite('loggers/pino-lines');

const HIDE = "line => line.replaceAll('hush', '***')";

const programs: readonly (readonly [what: string, options: string, ...line: unknown[]])[] = [
  ['hides something', `hooks: { streamWrite: ${HIDE} }`, 'say ***', { bound: '***', own: '***' }],
  ['leaves it as it is', 'hooks: { streamWrite: line => line }', 'say hush'],
  [
    'makes another object of it',
    "timestamp: false, hooks: { streamWrite: line => JSON.stringify({ msg: 'other', a: 1 }) + '\\n' }",
    'other',
    { a: 1 },
  ],
  ['makes a text of it', "hooks: { streamWrite: () => 'no JSON\\n' }", 'no JSON'],
];

for (const [what, options, body, fields] of programs) {
  test(`where a hook ${what}, the record has what pino writes`, async () => {
    const records = await recordsOf(
      `require('pino')({ base: null, ${options} }, { write() {} })
        .child({ bound: 'hush' }).info({ own: 'hush' }, 'say hush')`,
    );
    const expected = fields ?? { bound: 'hush', own: 'hush' };
    assert.equal(linesOf(records), [
      body === 'no JSON' ? ['INFO', body] : ['INFO', body, expected],
    ]);
  });
}

test('a line that is no JSON is a record as it is', async () => {
  const records = await recordsOf(`
    const pino = require('pino');
    const l = pino({ base: null, timestamp: false }, { write() {} });
    l[pino.symbols.chindingsSym] = ',"a":nope';
    l.warn('text');
  `);
  assert.equal(linesOf(records), [['WARN', '{"level":40,"a":nope,"msg":"text"}']]);
});

test('what a hook throws is thrown, once', async () => {
  const records = await recordsOf(`
    const hooks = { streamWrite() { throw new Error('hook'); } };
    try { require('pino')({ hooks }).info('x'); } catch ({ message }) { console.log('thrown', message); }
  `);
  assert.equal(
    records.map(({ body }) => body),
    ['thrown hook'],
  );
});

test.run();
