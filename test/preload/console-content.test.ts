import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Line, linesOf, recordsOf } from './console-records.js';

const test = suite('preload/console-content');

const CONTENTS: readonly [code: string, line: Line][] = [
  [`'text', { a: 1 }`, ['INFO', 'text', { a: 1 }]],
  [
    `'text', { a: { b: [1, 'x', null, undefined] } }`,
    ['INFO', 'text', { a: { b: [1, 'x', null, null] } }],
  ],
  [`'text', Object.assign(Object.create(null), { a: true })`, ['INFO', 'text', { a: true }]],
  [`'text', require('node:vm').runInNewContext('({ a: 1 })')`, ['INFO', 'text', { a: 1 }]],
  [`{ a: 1 }`, ['INFO', '{ a: 1 }', { a: 1 }]],
  [`'text', 1`, ['INFO', 'text 1']],
  [`'%s is %d', 'x', 1`, ['INFO', 'x is 1', { 'log.template': '%s is %d' }]],
  [`'%s', 'x', { a: 1 }`, ['INFO', 'x { a: 1 }', { a: 1, 'log.template': '%s' }]],
  [`'100%', { a: 1 }`, ['INFO', '100%', { a: 1 }]],
  [`'%%', { a: 1 }`, ['INFO', '% { a: 1 }', { a: 1, 'log.template': '%%' }]],
  [
    `'text', { a: 1 }, { a: 2, b: 3 }`,
    ['INFO', 'text { a: 1 } { a: 2, b: 3 }', { a: 1, 'a.2': 2, b: 3 }],
  ],
  [
    `'\\u001b[31mred\\u001b[39m', { a: '\\u001b[1mkept\\u001b[22m' }`,
    ['INFO', 'red', { a: '\u001b[1mkept\u001b[22m' }],
  ],
  [`'text', [1]`, ['INFO', 'text [ 1 ]']],
  [`'text', new Map([['a', 1]])`, ['INFO', "text Map(1) { 'a' => 1 }"]],
  [
    `'text', { when: new Date(0), re: /x/g, at: new URL('http://a.b/c') }`,
    ['INFO', 'text', { when: '1970-01-01T00:00:00.000Z', re: '/x/g', at: 'http://a.b/c' }],
  ],
  [
    `'text', { map: new Map([['k', 1], [1, 2], ['1', 3]]), set: new Set(['x']) }`,
    ['INFO', 'text', { map: { k: 1, 1: 2, '1.2': 3 }, set: ['x'] }],
  ],
  [
    `'text', { get a() { throw 1 }, set b(_) {} }`,
    ['INFO', 'text', { a: '[Getter]', b: '[Setter]' }],
  ],
  [
    `'text', { '__proto__': null, ['__proto__']: 1 }`,
    ['INFO', 'text', JSON.parse('{"__proto__":1}')],
  ],
  [
    `'text', { 'log.iostream': 1, 'exception.type': 2, 'code.file.path': 3, 'thread.id': 4 }`,
    [
      'INFO',
      'text',
      {
        'user.log.iostream': 1,
        'user.exception.type': 2,
        'user.code.file.path': 3,
        'user.thread.id': 4,
      },
    ],
  ],
  [
    `'text', { 'user.log.x': 1, 'log.x': 2 }`,
    ['INFO', 'text', { 'user.log.x': 1, 'user.log.x.2': 2 }],
  ],
  [
    `'text', { big: 2n ** 200n, small: 5n, nan: NaN }`,
    ['INFO', 'text', { big: String(2n ** 200n), small: 5, nan: Number.NaN }],
  ],
  [`'{"message":"json","level":"warn","a":{"b":1}}'`, ['WARN', 'json', { a: { b: 1 } }]],
  [`'{"msg":"pino","level":50,"time":1}'`, ['ERROR', 'pino', { time: 1 }]],
  [
    `'{"level":"odd","log.iostream":"x"}'`,
    ['INFO', '{"level":"odd","log.iostream":"x"}', { level: 'odd', 'user.log.iostream': 'x' }],
  ],
  [`'{not json}'`, ['INFO', '{not json}']],
  [`'{"a":1}', 2`, ['INFO', '{"a":1} 2']],
];

test('the logger shape has its text as body, everything else all that was printed', async () => {
  const records = await recordsOf(CONTENTS.map(([code]) => `console.log(${code})`).join('\n'));

  const lines = linesOf(records);
  for (const [index, [code, expected]] of CONTENTS.entries()) {
    assert.equal(lines[index], expected, code);
  }
  assert.is(lines.length, CONTENTS.length);
});

test('OTEL_REGISTER_BODY=full keeps all that was printed, and the fields', async () => {
  const records = await recordsOf(`console.log('text', { a: 1 }); console.error('text', 'x')`, {
    OTEL_REGISTER_BODY: 'full',
  });

  assert.equal(linesOf(records), [
    ['INFO', 'text { a: 1 }', { a: 1, 'log.template': 'text' }],
    ['ERROR', 'text x'],
  ]);
});

// Node 26 prints what a proxy stands for as `Proxy({ a: 1 })`.
test('a proxy is not looked into, and the body is all that was printed', async () => {
  const [record] = await recordsOf(`console.log('text', { proxied: new Proxy({ a: 1 }, {}) })`);

  assert.match(String(record!.body), /^text \{ proxied: (Proxy\()?\{ a: 1 \}\)? \}$/);
  assert.is(record!.attributes.proxied, '[Proxy]');
});

test('a bell behind coloured text takes none of it along', async () => {
  const records = await recordsOf("console.log('\\x1b[31mfailed\\x07', { job: 7 })");

  assert.equal(linesOf(records), [['INFO', 'failed\x07', { job: 7 }]]);
});

test('bytes arrive as bytes, of a detached buffer none', async () => {
  const [record] = await recordsOf(`
    const detached = new Uint8Array(8);
    structuredClone(detached.buffer, { transfer: [detached.buffer] });
    console.log('bytes', { bytes: Buffer.from('abc'), detached });
  `);

  assert.equal([...(record!.attributes.bytes as Uint8Array)], [97, 98, 99]);
  assert.is((record!.attributes.detached as Uint8Array).length, 0);
});

test.run();
