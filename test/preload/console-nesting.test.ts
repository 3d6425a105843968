import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { linesOf, recordsOf } from './console-records.js';

const test = suite('preload/console-nesting');

test('what an object logs while it is printed is a record of its own', async () => {
  const records = await recordsOf(`
    const chatty = { [require('node:util').inspect.custom]() { console.log('inner'); return 'chatty'; } };
    console.log(chatty);
    console.table([{ get cell() { console.log('cell'); return 1; } }]);
    console.assert(false, 'no', chatty);
  `);

  assert.equal(
    linesOf(records).map(([severity, body]) => [severity, String(body).split('\n').length]),
    [
      ['INFO', 1],
      ['INFO', 1],
      ['INFO', 1],
      ['INFO', 5],
      ['INFO', 1],
      ['ERROR', 1],
    ],
  );
  assert.equal(
    records.flatMap(({ body }, index) => (index === 3 ? [] : [body])),
    ['inner', 'chatty', 'cell', 'inner', 'Assertion failed: no chatty'],
  );
});

test('a call that throws costs neither the record inside it nor the next one', async () => {
  const records = await recordsOf(`
    const rows = [{ get a() { console.log('read'); return 1; } }, { get b() { throw new Error('cell'); } }];
    try { console.table(rows); } catch (error) { console.error(error.message); }
    try { console.log({ [require('node:util').inspect.custom]() { throw new Error('custom'); } }); } catch (error) { console.error(error.message); }
    console.log('next');
  `);

  assert.equal(linesOf(records), [
    ['INFO', 'read'],
    ['ERROR', 'cell'],
    ['ERROR', 'custom'],
    ['INFO', 'next'],
  ]);
});

test('a line whose stream throws is recorded once', async () => {
  const records = await recordsOf(`
    const stream = { write() { throw new Error('full'); }, on() {}, once() {}, removeListener() {}, listenerCount: () => 0 };
    const strict = new console.Console({ stdout: stream, ignoreErrors: false });
    for (const method of ['log', 'count', 'error']) {
      try { strict[method]('text'); } catch (error) { console.warn(error.message); }
    }
  `);

  assert.equal(linesOf(records), [
    ['INFO', 'text'],
    ['WARN', 'full'],
    ['INFO', 'text: 1', { label: 'text', count: 1 }],
    ['WARN', 'full'],
    ['ERROR', 'text'],
    ['WARN', 'full'],
  ]);
});

test('a subclass that prints through another method is recorded as that method', async () => {
  const records = await recordsOf(`
    class Loud extends console.Console {
      error(...args) { this.log('loud', ...args); }
    }
    const loud = new Loud(process.stdout);
    loud.error('text');
    loud.warn('plain');
  `);

  assert.equal(linesOf(records), [
    ['INFO', 'loud text'],
    ['WARN', 'plain'],
  ]);
});

test('what getters log while a record is made is not recorded', async () => {
  const records = await recordsOf(`
    class Lazy extends Error { get message() { console.log('read'); return 'lazy'; } }
    console.error('text', new Lazy());
  `);

  const own = records.filter(record => record.body === 'text');
  assert.is(own.length, 1);
  assert.is(own[0]!.attributes['exception.message'], 'lazy');
  assert.is(records.at(-1)!.body, 'text');
});

test.run();
