import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { linesOf, recordsOf } from '../preload/console-records.js';
import { assertUnnoticed, recordsOfModule } from './logger-programs.js';

const test = suite('loggers/bunyan');

const calls: readonly (readonly [call: string, ...line: unknown[]])[] = [
  ["l.info('Job completed')", 'INFO', 'Job completed', { name: 'svc' }],
  [
    "l.warn({ job_id: 'w1', n: { a: 1 } }, '%s done', 'All')",
    'WARN',
    'All done',
    { name: 'svc', job_id: 'w1', n: { a: 1 } },
  ],
  ["l.child({ a: 1 }).fatal('bye')", 'FATAL', 'bye', { name: 'svc', a: 1 }],
  ["l.debug('below')"],
  ["l.trace('below')"],
  ["l.info({ card: 's' }, 'hidden')", 'INFO', 'hidden', { name: 'svc', card: '***' }],
  ["raw.info({ a: 1 }, 'raw')", 'INFO', 'raw', { name: 'raw', a: 1 }],
];

for (const name of ['bunyan', 'bunyan-1']) {
  test(`a record has the body, level and fields of ${name}'s line`, async () => {
    const records = await recordsOf(`
      const bunyan = require('${name}');
      const stream = { write() {} };
      const l = bunyan.createLogger({ name: 'svc', stream, serializers: { card: () => '***' } });
      const raw = bunyan.createLogger({ name: 'raw', streams: [{ type: 'raw', stream }] });
      ${calls.map(([call]) => call).join(';\n')}
    `);
    const expected = calls.filter(call => call.length > 1).map(([, ...line]) => line);
    assert.equal(linesOf(records), expected);
    for (const { scope } of records) assert.is(scope.name, 'bunyan');
  });

  test(`an error that ${name} logs is an exception`, async () => {
    const [record] = await recordsOf(`
      const l = require('${name}').createLogger({ name: 'svc', stream: { write() {} } });
      l.error(Object.assign(new TypeError('boom'), { code: 'E7' }), 'Job failed');
    `);
    assert.is(record?.body, 'Job failed');
    assert.is(record?.attributes['exception.type'], 'TypeError');
    assert.is(record?.attributes['exception.message'], 'boom');
    assert.is(record?.attributes['error.code'], 'E7');
    assert.match(String(record?.attributes['exception.stacktrace']), /^TypeError: boom\n/);
  });

  test(`${name} prints as without the preload`, async () => {
    const records = await assertUnnoticed(`
      const bunyan = require('${name}');
      const l = bunyan.createLogger({ name: 'svc', hostname: 'h', pid: 1, streams: [
        { stream: process.stdout }, { level: 'error', stream: process.stderr },
      ] });
      const time = new Date(0);
      l.info({ time, a: 1 }, 'one');
      l.error({ time }, 'two');
      console.log(l._emit({ msg: 'asked' }, true), l._emit.name, l._emit.length);
    `);
    assert.equal(
      records.map(({ body }) => body),
      ['one', 'two', records[2]?.body],
    );
  });
}

for (const name of ['bunyan', 'bunyan-1']) {
  test(`a level that ${name} is given is read as it reads it, or not at all`, async () => {
    const records = await assertUnnoticed(`
      const l = require('${name}').createLogger({ name: 'svc', hostname: 'h', pid: 1 });
      const time = new Date(0);
      l.info({ time, level: 50 }, 'severe');
      l.info({ time, level: { valueOf: () => 30, toString() { throw new Error('level'); } } }, 'odd');
      let reads = 0;
      l._emit({ v: 0, msg: 'counted', get level() { reads++; return 30; } });
      console.log(reads);
    `);
    assert.equal(
      records.map(({ severityText, body }) => [severityText, body]),
      [
        ['ERROR', 'severe'],
        ['INFO', 'odd'],
        ['INFO', 'counted'],
        ['INFO', '2'],
      ],
    );
  });
}

test('it is loaded by import, too', async () => {
  const records = await recordsOfModule(
    "import bunyan from 'bunyan'; bunyan.createLogger({ name: 'm' }).info('hello');",
  );
  assert.equal(linesOf(records), [['INFO', 'hello', { name: 'm' }]]);
});

test.run();
