/**
 * Every way of calling a console, and the record it becomes. A test runs each call in a program, and
 * docs/console.md is written from here: `node scripts/console-table.mjs`.
 *
 * In what is expected, `at …` stands for the frames of a stack, and `…ms` for a time.
 */
export interface ConsoleShape {
  readonly call: string;
  /** Default INFO. */
  readonly severity?: string;
  readonly body: string;
  readonly attributes?: object;
  readonly exception?: LoggedError;
  /** Words of the output that the record does not have. */
  readonly unsaid?: readonly string[];
}

export interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly stacktrace: string;
}

export interface ShapeSection {
  readonly title: string;
  readonly text: string;
  readonly shapes: readonly ConsoleShape[];
}

/** What the calls use. */
export const PRELUDE = `const { inspect } = require('node:util');
const vm = require('node:vm');
class User {
  id = 7;
  role = 'admin';
}
class Token {
  value = 'hidden';
  [inspect.custom]() { return 'Token(***)'; }
}
class HttpError extends Error {
  status = 503;
}
class LoginError extends Error {
  password = 'hidden';
  [inspect.custom]() { return 'LoginError for ' + this.message; }
}
const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', port: 8188 });`;

const STACK = '\n    at …';
const REFUSED = `Error: refused${STACK}`;

export const SECTIONS: readonly ShapeSection[] = [
  {
    title: 'Text and format specifiers',
    text: 'A text alone is the body. What Node formats is the body as it was printed; the text that calls from one place have in common is `log.template`.',
    shapes: [
      { call: `console.log('text')`, body: 'text' },
      { call: `console.log()`, body: '' },
      { call: `console.log('two\\nlines')`, body: 'two\nlines' },
      { call: `console.log('text', 1, true, null)`, body: 'text 1 true null' },
      { call: `console.log(1, 'text')`, body: '1 text' },
      {
        call: `console.log('%s is %d years, %i', 'Ann', 42.5, 42.5)`,
        body: 'Ann is 42.5 years, 42',
        attributes: { 'log.template': '%s is %d years, %i' },
      },
      {
        call: `console.log('%f %j', '1.5', { a: 1 })`,
        body: '1.5 {"a":1}',
        attributes: { a: 1, 'log.template': '%f %j' },
      },
      {
        call: `console.log('%O', { a: { b: 1 } })`,
        body: '{ a: { b: 1 } }',
        attributes: { a: { b: 1 }, 'log.template': '%O' },
      },
      {
        call: `console.log('%o', [1])`,
        body: '[ 1, [length]: 1 ]',
        attributes: { 'log.template': '%o' },
      },
      {
        call: `console.log('%cstyled', 'color: red')`,
        body: 'styled',
        attributes: { 'log.template': '%cstyled' },
      },
      {
        call: `console.log('%d%% of %s', 50, 'disk')`,
        body: '50% of disk',
        attributes: { 'log.template': '%d%% of %s' },
      },
      { call: `console.log('100% %s')`, body: '100% %s' },
      { call: `console.log('100%', { a: 1 })`, body: '100%', attributes: { a: 1 } },
      {
        call: `console.log('%s and %s', 'one')`,
        body: 'one and %s',
        attributes: { 'log.template': '%s and %s' },
      },
      {
        call: `console.log('%s', 'one', 'more', { a: 1 })`,
        body: 'one more { a: 1 }',
        attributes: { a: 1, 'log.template': '%s' },
      },
      { call: `console.log('\\x1b[31mred\\x1b[39m')`, body: 'red' },
      {
        call: `console.log('\\x1b[1m%s\\x1b[22m', 'bold')`,
        body: 'bold',
        attributes: { 'log.template': '%s' },
      },
    ],
  },
  {
    title: 'Objects',
    text: 'The fields of plain objects and of class instances become attributes: of plain data 8 levels, of an instance as many as the console prints. With one text and one plain object the text is the body, otherwise all that was printed. What prints itself is not looked into.',
    shapes: [
      {
        call: `console.log('text', { a: 1, b: 'x' })`,
        body: 'text',
        attributes: { a: 1, b: 'x' },
      },
      { call: `console.log({ a: 1 })`, body: '{ a: 1 }', attributes: { a: 1 } },
      {
        call: `console.log({ a: 1 }, 'text')`,
        body: '{ a: 1 } text',
        attributes: { a: 1 },
      },
      {
        call: `console.log('one', { a: 1 }, 'two', { b: 2 })`,
        body: 'one { a: 1 } two { b: 2 }',
        attributes: { a: 1, b: 2 },
      },
      {
        call: `console.log('same keys', { a: 1 }, { a: 2 })`,
        body: 'same keys { a: 1 } { a: 2 }',
        attributes: { a: 1, 'a.2': 2 },
      },
      {
        call: `console.log('nested', { a: { b: [1, { c: null }] } })`,
        body: 'nested',
        attributes: { a: { b: [1, { c: null }] } },
        unsaid: ['object'],
      },
      {
        call: `console.log('absent', { a: undefined, b: [1, , 3] })`,
        body: 'absent',
        attributes: { a: null, b: [1, null, 3] },
        unsaid: ['undefined', '1', 'empty', 'item'],
      },
      {
        call: `console.log('null prototype', Object.assign(Object.create(null), { a: 1 }))`,
        body: 'null prototype',
        attributes: { a: 1 },
        unsaid: ['object', 'null', 'prototype'],
      },
      {
        call: `console.log('another realm', vm.runInNewContext('({ a: 1 })'))`,
        body: 'another realm',
        attributes: { a: 1 },
      },
      {
        call: `console.log('user', new User())`,
        body: `user User { id: 7, role: 'admin' }`,
        attributes: { id: 7, role: 'admin' },
      },
      {
        call: `console.log('nested', { user: new User() })`,
        body: 'nested',
        attributes: { user: { id: 7, role: 'admin' } },
        unsaid: ['user'],
      },
      { call: `console.log(new Token())`, body: 'Token(***)' },
      {
        call: `console.log('login', { user: 'ann', token: new Token() })`,
        body: `login { user: 'ann', token: Token(***) }`,
        attributes: { user: 'ann', token: '[Token]', 'log.template': 'login' },
      },
      {
        call: `console.log('getters', { get a() { return 1; }, set b(_) {} })`,
        body: 'getters',
        attributes: { a: '[Getter]', b: '[Setter]' },
      },
      {
        call: `const ring = { a: 1 }; ring.self = ring; console.log('ring', ring)`,
        body: 'ring',
        attributes: { a: 1, self: '[Circular]' },
        unsaid: ['ref', '1', '1'],
      },
      {
        call: `console.log('rows', [{ id: 1 }, { id: 2 }])`,
        body: 'rows [ { id: 1 }, { id: 2 } ]',
      },
      {
        call: `console.log('rows', { rows: [{ id: 1 }, { id: 2 }] })`,
        body: 'rows',
        attributes: { rows: [{ id: 1 }, { id: 2 }] },
      },
      {
        call: `console.log('match', { match: 'abc'.match('b') })`,
        body: `match { match: [ 'b', index: 1, input: 'abc', groups: undefined ] }`,
        attributes: { match: ['b'], 'log.template': 'match' },
      },
      {
        call: `console.log('ours', { 'log.iostream': 1, 'log.template': 2, 'exception.type': 3, 'code.file.path': 4 })`,
        body: 'ours',
        attributes: {
          'user.log.iostream': 1,
          'user.log.template': 2,
          'user.exception.type': 3,
          'user.code.file.path': 4,
        },
      },
      {
        call: `console.log('%s', 'ours', { 'log.template': 1, 'user.log.template': 2 })`,
        body: `ours { 'log.template': 1, 'user.log.template': 2 }`,
        attributes: { 'user.log.template': 1, 'user.log.template.2': 2, 'log.template': '%s' },
      },
    ],
  },
  {
    title: 'Values',
    text: 'Numbers, booleans, bytes and big integers of up to 64 bits stay what they are, wherever the attributes hold them; everything else becomes text. ANSI sequences are taken off the body, the template and the exception; in attributes they are data, and stay.',
    shapes: [
      {
        call: `console.log('numbers', { float: 0.5, big: 5n, huge: 2n ** 70n, nan: NaN })`,
        body: 'numbers',
        attributes: { float: 0.5, big: 5, huge: '1180591620717411303424', nan: Number.NaN },
        unsaid: ['5n', '1180591620717411303424n'],
      },
      {
        call: `console.log('dates', { at: new Date(0), never: new Date(NaN) })`,
        body: 'dates',
        attributes: { at: '1970-01-01T00:00:00.000Z', never: 'Invalid Date' },
      },
      {
        call: `console.log('texts', { re: /x/g, s: Symbol('s'), boxed: new String('text') })`,
        body: 'texts',
        attributes: { re: '/x/g', s: 'Symbol(s)', boxed: "[String: 'text']" },
      },
      {
        call: `console.log('url', { at: new URL('http://a.b') })`,
        body: 'url',
        attributes: { at: 'http://a.b/' },
        // The console lists its parts.
        unsaid:
          'url href origin http a b protocol http username password host a b hostname a b port pathname search searchparams urlsearchparams hash'.split(
            ' ',
          ),
      },
      {
        call: `console.log('bytes', { buffer: Buffer.from('abc') })`,
        body: 'bytes',
        attributes: { buffer: Buffer.from('abc') },
      },
      {
        call: `console.log('numbers', { list: new Float32Array([0.5, 2]) })`,
        body: 'numbers',
        attributes: { list: 'Float32Array(2) [ 0.5, 2 ]' },
      },
      {
        call: `console.log('collections', { map: new Map([['k', 1], [{ a: 1 }, 2]]), set: new Set(['x']) })`,
        body: 'collections',
        attributes: { map: { k: 1, '{ a: 1 }': 2 }, set: ['x'] },
        unsaid: ['map', '2', 'set', '1'],
      },
      { call: `console.log('map', new Map([['k', 1]]))`, body: `map Map(1) { 'k' => 1 }` },
      {
        call: `console.log(new Set([1]), new Date(0))`,
        body: 'Set(1) { 1 } 1970-01-01T00:00:00.000Z',
      },
      { call: `console.log(Buffer.from('abc'))`, body: '<Buffer 61 62 63>' },
      {
        call: `console.log(new URL('http://a.b/c').href, 10n, Symbol('s'))`,
        body: 'http://a.b/c 10n Symbol(s)',
      },
      {
        call: `console.log('functions', { named() {}, of: class A extends Map {}, async: async () => {} })`,
        body: 'functions',
        attributes: {
          named: '[Function: named]',
          of: '[class A extends Map]',
          async: '[AsyncFunction: async]',
        },
      },
      {
        call: `console.log('query', { query: new URLSearchParams('a=1') })`,
        body: `query { query: URLSearchParams { 'a' => '1' } }`,
        attributes: { query: '[URLSearchParams]', 'log.template': 'query' },
      },
      {
        call: `console.log('colour', { a: '\\x1b[31mred\\x1b[39m' })`,
        body: 'colour',
        attributes: { a: '\u001b[31mred\u001b[39m' },
      },
    ],
  },
  {
    title: 'Errors',
    text: 'The first Error is the exception: one that is an argument, else one that is a field of an argument. Its `code` is `error.code`, and what the program added to it are attributes. The stack trace goes on with its causes, the errors it stands for, and the fields of these.',
    shapes: [
      {
        call: `console.error(new Error('alone'))`,
        severity: 'ERROR',
        body: `Error: alone${STACK}`,
        exception: { type: 'Error', message: 'alone', stacktrace: `Error: alone${STACK}` },
      },
      {
        call: `console.error('failed', new TypeError('wrong'))`,
        severity: 'ERROR',
        body: 'failed',
        exception: { type: 'TypeError', message: 'wrong', stacktrace: `TypeError: wrong${STACK}` },
      },
      {
        call: `console.error(new Error('first'), 'then text')`,
        severity: 'ERROR',
        body: `Error: first${STACK} then text`,
        exception: { type: 'Error', message: 'first', stacktrace: `Error: first${STACK}` },
      },
      {
        call: `console.error('failed', { job_id: 7 }, new HttpError('busy'))`,
        severity: 'ERROR',
        body: 'failed',
        attributes: { job_id: 7, status: 503 },
        exception: { type: 'HttpError', message: 'busy', stacktrace: `HttpError: busy${STACK}` },
      },
      {
        call: `console.error('failed', refused, { port: 'of the caller' })`,
        severity: 'ERROR',
        body: 'failed',
        attributes: { port: 'of the caller', 'port.2': 8188, 'error.code': 'ECONNREFUSED' },
        exception: { type: 'Error', message: 'refused', stacktrace: REFUSED },
      },
      {
        call: `console.error('two', refused, new Error('second'))`,
        severity: 'ERROR',
        body: `two ${REFUSED} {\n  code: 'ECONNREFUSED',\n  port: 8188\n} Error: second${STACK}`,
        attributes: { port: 8188, 'error.code': 'ECONNREFUSED' },
        exception: { type: 'Error', message: 'refused', stacktrace: REFUSED },
      },
      {
        call: `console.error('failed', { err: refused, job_id: 7 })`,
        severity: 'ERROR',
        body: 'failed',
        attributes: {
          err: { type: 'Error', message: 'refused', code: 'ECONNREFUSED', port: 8188 },
          job_id: 7,
          'error.code': 'ECONNREFUSED',
        },
        exception: { type: 'Error', message: 'refused', stacktrace: REFUSED },
      },
      {
        call: `console.error('failed', { jobs: [{ err: new Error('deep') }] })`,
        severity: 'ERROR',
        body: 'failed',
        attributes: {
          jobs: [{ err: { type: 'Error', message: 'deep', stacktrace: `Error: deep${STACK}` } }],
        },
      },
      {
        call: `console.error('failed', new Error('outer', { cause: refused }))`,
        severity: 'ERROR',
        body: 'failed',
        exception: {
          type: 'Error',
          message: 'outer',
          stacktrace: `Error: outer${STACK}\nCaused by: ${REFUSED}\n    { code: 'ECONNREFUSED', port: 8188 }`,
        },
        unsaid: ['cause'],
      },
      {
        call: `console.error('failed', new Error('outer', { cause: new HttpError('busy', { cause: 'text' }) }))`,
        severity: 'ERROR',
        body: 'failed',
        exception: {
          type: 'Error',
          message: 'outer',
          stacktrace: `Error: outer${STACK}\nCaused by: HttpError: busy${STACK}\n    { status: 503 }\nCaused by: text`,
        },
        unsaid: ['cause', 'cause'],
      },
      {
        call: `console.error('failed', new LoginError('ann'))`,
        severity: 'ERROR',
        body: 'failed LoginError for ann',
        attributes: { 'log.template': 'failed' },
        exception: { type: 'LoginError', message: 'ann', stacktrace: `LoginError: ann${STACK}` },
      },
      {
        call: `console.error('failed', new Error('outer', { cause: new LoginError('ann') }))`,
        severity: 'ERROR',
        body: `failed Error: outer${STACK} {\n  [cause]: LoginError for ann\n}`,
        attributes: { 'log.template': 'failed' },
        exception: {
          type: 'Error',
          message: 'outer',
          stacktrace: `Error: outer${STACK}\nCaused by: LoginError: ann${STACK}`,
        },
      },
      {
        call: `console.error('failed', new Error('outer', { cause: { by: new Token() } }))`,
        severity: 'ERROR',
        body: `failed Error: outer${STACK} {\n  [cause]: { by: Token(***) }\n}`,
        attributes: { 'log.template': 'failed' },
        exception: {
          type: 'Error',
          message: 'outer',
          stacktrace: `Error: outer${STACK}\nCaused by: { by: '[Token]' }`,
        },
      },
      {
        call: `console.error('failed', new AggregateError([refused, 'text'], 'both'))`,
        severity: 'ERROR',
        body: 'failed',
        exception: {
          type: 'AggregateError',
          message: 'both',
          stacktrace: `AggregateError: both${STACK}\nError 1 of 2: ${REFUSED}\n    { code: 'ECONNREFUSED', port: 8188 }\nError 2 of 2: text`,
        },
        unsaid: ['errors'],
      },
      {
        call: `console.error('far', vm.runInNewContext('new RangeError("away")'))`,
        severity: 'ERROR',
        body: 'far',
        exception: { type: 'RangeError', message: 'away', stacktrace: `RangeError: away${STACK}` },
      },
      {
        call: `console.warn('stopped', new DOMException('enough', 'AbortError'))`,
        severity: 'WARN',
        body: 'stopped',
        exception: {
          type: 'AbortError',
          message: 'enough',
          stacktrace: `AbortError: enough${STACK}`,
        },
        unsaid: ['domexception'],
      },
      {
        call: `console.error('%s happened', new Error('this'))`,
        severity: 'ERROR',
        body: `Error: this${STACK} happened`,
        attributes: { 'log.template': '%s happened' },
        exception: { type: 'Error', message: 'this', stacktrace: `Error: this${STACK}` },
      },
      {
        call: `console.error(Object.assign(new Error('\\x1b[31mred\\x1b[39m'), { 'exception.type': 1 }))`,
        severity: 'ERROR',
        body: `Error: red${STACK} {\n  'exception.type': 1\n}`,
        attributes: { 'user.exception.type': 1 },
        exception: { type: 'Error', message: 'red', stacktrace: `Error: red${STACK}` },
      },
    ],
  },
  {
    title: 'Methods',
    text: 'A call that prints is one record. What a method knows beside its arguments is an attribute, and where the arguments alone do not say it, the body is what was printed, without the indentation of groups.',
    shapes: [
      { call: `console.info('text')`, body: 'text' },
      { call: `console.debug('text')`, severity: 'DEBUG', body: 'text' },
      { call: `console.warn('text')`, severity: 'WARN', body: 'text' },
      { call: `console.error('text')`, severity: 'ERROR', body: 'text' },
      {
        call: `console.trace('here %d', 1, { a: 1 })`,
        severity: 'TRACE',
        body: `Trace: here 1 { a: 1 }${STACK}`,
        attributes: { a: 1, 'log.template': 'here %d' },
      },
      {
        call: `console.assert(1 > 2, 'order', { a: 1 })`,
        severity: 'ERROR',
        body: 'Assertion failed: order { a: 1 }',
        attributes: { a: 1, 'log.template': 'order' },
      },
      { call: `console.assert(false)`, severity: 'ERROR', body: 'Assertion failed' },
      {
        call: `console.dir({ a: { b: { c: 1 } } }, { depth: 0 })`,
        body: '{ a: [Object] }',
        attributes: { a: { b: { c: 1 } } },
      },
      { call: `console.dirxml('text', { a: 1 })`, body: 'text', attributes: { a: 1 } },
      {
        call: `console.table([{ id: 1, ok: true }])`,
        body: '┌─────────┬────┬──────┐\n│ (index) │ id │ ok   │\n├─────────┼────┼──────┤\n│ 0       │ 1  │ true │\n└─────────┴────┴──────┘',
        attributes: { rows: [{ id: 1, ok: true }] },
      },
      { call: `console.group('step', { a: 1 })`, body: 'step', attributes: { a: 1 } },
      { call: `console.log('inside'); console.groupEnd()`, body: 'inside' },
      {
        call: `console.count('retries')`,
        body: 'retries: 1',
        attributes: { label: 'retries', count: 1 },
      },
      {
        call: `console.time('load'); console.timeLog('load', 'half', { a: 1 })`,
        body: 'load: …ms half { a: 1 }',
        attributes: { label: 'load', duration_ms: '…', a: 1 },
      },
      {
        call: `console.timeEnd('load')`,
        body: 'load: …ms',
        attributes: { label: 'load', duration_ms: '…' },
      },
    ],
  },
  {
    title: 'JSON lines',
    text: 'A line that is one JSON object becomes its message (`message`, `msg`, `event`), its level (`level`, `severity`, `severityText`, `log.level`) and its fields.',
    shapes: [
      {
        call: `console.log('{"level":"warn","message":"text","a":{"b":1}}')`,
        severity: 'WARN',
        body: 'text',
        attributes: { a: { b: 1 } },
        unsaid: ['level', 'message'],
      },
      {
        call: `console.log('{"level":50,"msg":"of pino","pid":1}')`,
        severity: 'ERROR',
        body: 'of pino',
        attributes: { pid: 1 },
        unsaid: ['level', '50', 'msg'],
      },
      {
        call: `console.log('{"severity":"notice","event":"started"}')`,
        body: 'started',
        attributes: { severity: 'notice' },
        unsaid: ['event'],
      },
      {
        call: `console.log('{"a":1}')`,
        body: '{"a":1}',
        attributes: { a: 1 },
      },
      { call: `console.log('{not json}')`, body: '{not json}' },
    ],
  },
];

export const SHAPES: readonly ConsoleShape[] = SECTIONS.flatMap(({ shapes }) => shapes);
