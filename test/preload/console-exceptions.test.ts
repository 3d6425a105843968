import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { recordsOf } from './console-records.js';

const test = suite('preload/console-exceptions');

const ERRORS: readonly [name: string, code: string, type: string, message: string][] = [
  ['an Error', `new Error('plain')`, 'Error', 'plain'],
  ['a subclass', `new (class AppError extends Error {})('own')`, 'AppError', 'own'],
  ['a name that was set', `Object.assign(new Error('x'), { name: 'Named' })`, 'Named', 'x'],
  [
    'an error of another realm',
    `require('node:vm').runInNewContext('new RangeError("far")')`,
    'RangeError',
    'far',
  ],
  ['a DOMException', `new DOMException('stop', 'AbortError')`, 'AbortError', 'stop'],
  ['an AggregateError', `new AggregateError([new Error('one')], 'both')`, 'AggregateError', 'both'],
  [
    'a getter for the message',
    `new (class Zod extends Error { get message() { return 'lazy'; } })()`,
    'Zod',
    'lazy',
  ],
  [
    'a message getter that throws',
    `new (class Bad extends Error { get message() { throw 1; } })()`,
    'Bad',
    '',
  ],
  [
    'an object made from Error.prototype',
    `Object.assign(Object.create(Error.prototype), { message: 'fake' })`,
    'Error',
    'fake',
  ],
];

for (const [name, code, type, message] of ERRORS) {
  test(`${name} is told by type, message and stack`, async () => {
    const records = await recordsOf(
      `const error = ${code}; for (const args of [['text', error], [error]]) try { console.error(...args); } catch {} console.log('next')`,
    );

    const told = records.filter(record => record.attributes['exception.type'] !== undefined);
    for (const { attributes, severityText } of told) {
      assert.is(severityText, 'ERROR');
      assert.is(attributes['exception.type'], type);
      assert.is(attributes['exception.message'], message);
      assert.type(attributes['exception.stacktrace'], 'string');
    }
    assert.is(records.at(-1)!.body, 'next');
    // A message that cannot be read cannot be printed either.
    if (!code.includes('throw 1')) assert.is(told.length, 2);
  });
}

test('text, fields and an Error in any order keep the text as body', async () => {
  const records = await recordsOf(`
    const error = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    console.error('failed', error);
    console.error('failed', { job_id: 7 }, error);
    console.error('failed', error, { job_id: 7, 'error.code': 'mine' });
  `);

  for (const { body, attributes } of records) {
    assert.is(body, 'failed');
    assert.is(attributes['exception.message'], 'refused');
  }
  assert.equal(
    records.map(({ attributes }) => attributes['error.code']),
    ['ECONNREFUSED', 'ECONNREFUSED', 'mine'],
  );
  assert.equal(
    records.map(({ attributes }) => attributes.job_id),
    [undefined, 7, 7],
  );
});

test('the stack has the chain of causes, and ends where it turns back', async () => {
  const [record] = await recordsOf(`
    const root = new Error('root');
    const middle = new TypeError('middle', { cause: root });
    root.cause = middle;
    console.error(new Error('outer', { cause: middle }));
  `);

  const stack = String(record!.attributes['exception.stacktrace']);
  assert.match(
    stack,
    /^Error: outer\n[\s\S]*\nCaused by: TypeError: middle\n[\s\S]*\nCaused by: Error: root\n/,
  );
  assert.is(stack.split('Caused by').length, 3);
});

for (const [cause, text] of [
  [`'text'`, 'text'],
  ['42', '42'],
  ['{ a: 1 }', '{ a: 1 }'],
  ['null', 'null'],
] as const) {
  test(`a cause that is ${cause} ends the chain as text`, async () => {
    const [record] = await recordsOf(`console.error(new Error('x', { cause: ${cause} }))`);

    assert.ok(String(record!.attributes['exception.stacktrace']).endsWith(`\nCaused by: ${text}`));
  });
}

test('an error in a field is the exception, and keeps its type, message and code there', async () => {
  const [record] = await recordsOf(
    `console.error('failed', { err: Object.assign(new TypeError('inner'), { code: 'E1' }) })`,
  );

  assert.equal(record!.attributes.err, { type: 'TypeError', message: 'inner', code: 'E1' });
  assert.is(record!.attributes['exception.type'], 'TypeError');
  assert.match(String(record!.attributes['exception.stacktrace']), /^TypeError: inner\n {4}at /);
});

test('beside an Error that is an argument, one in a field keeps its own stack', async () => {
  const [record] = await recordsOf(
    `console.error('failed', { err: new TypeError('inner') }, new Error('outer'))`,
  );

  const { stacktrace } = record!.attributes.err as Record<string, unknown>;
  assert.match(String(stacktrace), /^TypeError: inner\n {4}at /);
  assert.is(record!.attributes['exception.message'], 'outer');
});

test.run();
