import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { linesOf, recordsOf } from '../preload/console-records.js';
import { assertUnnoticed, recordsOfModule } from './logger-programs.js';

const test = suite('loggers/debug');

const ENABLED = { DEBUG: 'app:*' };

const calls: readonly (readonly [call: string, body: unknown, attributes?: object])[] = [
  ["d('hello')", 'hello'],
  ["d('%s has %d jobs', 'pool', 3)", 'pool has 3 jobs'],
  ["d('user', { id: 7 })", 'user', { id: 7 }],
  ["d('list %o', [1])", 'list [ 1 ]'],
  ["d('100%', 'sure')", '100% sure'],
  ["d('escaped %% %s', 'x')", 'escaped % x'],
  ['d({ a: 1 })', '{ a: 1 }'],
];

test('a call of an enabled namespace is a DEBUG record', async () => {
  const records = await recordsOf(
    `const d = require('debug')('app:gpu'); require('debug')('other')('no');
    ${calls.map(([call]) => call).join(';\n')}`,
    ENABLED,
  );
  assert.equal(
    linesOf(records),
    calls.map(([, body, more]) => ['DEBUG', body, { namespace: 'app:gpu', ...more }]),
  );
  for (const { scope } of records) assert.is(scope.name, 'debug');
});

test('an error among the arguments is an exception', async () => {
  const [record] = await recordsOf(
    "require('debug')('app:x')('failed', new TypeError('boom'))",
    ENABLED,
  );
  assert.is(record?.body, 'failed');
  assert.is(record?.attributes['exception.type'], 'TypeError');
});

test('an error alone, of which debug makes a text, is an exception', async () => {
  const [record] = await recordsOf("require('debug')('app:x')(new TypeError('boom'))", ENABLED);
  assert.match(String(record?.body), /^TypeError: boom\n/);
  assert.is(record?.attributes['exception.type'], 'TypeError');
  assert.is(record?.attributes['exception.message'], 'boom');
});

for (const log of ['console.log.bind(console)', '(...args) => console.error(...args)']) {
  test(`where debug prints by ${log}, there is one record of it`, async () => {
    const records = await recordsOf(
      `const debug = require('debug'); debug.log = ${log};
       debug('app:x')('hello %s', 'you'); console.log('mine');`,
      ENABLED,
    );
    assert.equal(linesOf(records), [
      ['DEBUG', 'hello you', { namespace: 'app:x' }],
      ['INFO', 'mine'],
    ]);
  });
}

test('below the least severity there is none', async () => {
  const program = "require('debug')('app:x')('hello')";
  assert.equal(await recordsOf(program, { ...ENABLED, OTEL_REGISTER_LOG_LEVEL: 'info' }), []);
});

test('it prints as without the preload', async () => {
  await assertUnnoticed(
    `const debug = require('debug'); const d = debug('app:x');
     d.diff = 0; d('one %o %s', { a: 1 }, { toString() { console.log('once'); return 'x'; } });
     console.log(debug.formatArgs.name, debug.formatArgs.length, d.enabled);`,
    { ...ENABLED, DEBUG_HIDE_DATE: '1' },
  );
});

test('it is loaded by import, too', async () => {
  const records = await recordsOfModule(
    "import debug from 'debug'; debug.enable('m'); debug('m')('hello');",
  );
  assert.equal(linesOf(records), [['DEBUG', 'hello', { namespace: 'm' }]]);
});

test.run();
