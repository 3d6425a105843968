/** Calls of a logger, and the record of each. */
export interface WinstonShape {
  /** Options of `createLogger` besides a silent output. Default: none. */
  readonly options?: string;
  readonly call: string;
  /** Undefined: there is none. */
  readonly record?: ShapeRecord;
}

export interface ShapeRecord {
  /** Default: INFO. */
  readonly severity?: string;
  readonly body: unknown;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly exception?: { readonly type: string; readonly message: string };
}

export interface ShapeSection {
  readonly title: string;
  readonly text: string;
  readonly shapes: readonly WinstonShape[];
}

export const PRELUDE = `const { createLogger, config, format, transports } = require('winston');
const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', port: 8188 });
const output = new transports.Stream({ stream: nowhere });`;

const SPLAT = 'format: format.combine(format.splat(), format.json())';
const FOOBAR = 'levels: { foo: 0, bar: 1, baz: 2, foobar: 3 }, level: "foobar"';

export const SECTIONS: readonly ShapeSection[] = [
  {
    title: 'Message and fields',
    text: 'The message is the body, fields are attributes, after the formats have done their work. Level and message are no attributes; `defaultMeta`, a label, and the fields of child loggers are.',
    shapes: [
      { call: "logger.info('text')", record: { body: 'text' } },
      {
        call: "logger.info('text', { a: 1, b: { c: [2] } })",
        record: { body: 'text', attributes: { a: 1, b: { c: [2] } } },
      },
      {
        call: "logger.log('info', 'text', { a: 1 })",
        record: { body: 'text', attributes: { a: 1 } },
      },
      {
        call: "logger.log({ level: 'info', message: 'text', a: 1 })",
        record: { body: 'text', attributes: { a: 1 } },
      },
      {
        call: "logger.info({ message: 'text', a: 1 })",
        record: { body: 'text', attributes: { a: 1 } },
      },
      {
        call: "logger.write({ level: 'info', message: 'text', a: 1 })",
        record: { body: 'text', attributes: { a: 1 } },
      },
      { call: 'logger.info({ a: 1 })', record: { body: { a: 1 } } },
      { call: 'logger.info()', record: { body: '' } },
      { call: 'logger.info(42)', record: { body: 42 } },
      {
        options: "defaultMeta: { service: 'api' }",
        call: "logger.info('text', { a: 1 })",
        record: { body: 'text', attributes: { service: 'api', a: 1 } },
      },
      {
        options: "defaultMeta: { service: 'api' }",
        call: "logger.child({ request: 7 }).info('text')",
        record: { body: 'text', attributes: { service: 'api', request: 7 } },
      },
      {
        options: "format: format.combine(format.label({ label: 'jobs' }), format.json())",
        call: "logger.info('text')",
        record: { body: 'text', attributes: { label: 'jobs' } },
      },
      {
        call: "logger.info('ours', { 'log.iostream': 1, 'code.file.path': 2 })",
        record: { body: 'ours', attributes: { 'user.log.iostream': 1, 'user.code.file.path': 2 } },
      },
    ],
  },
  {
    title: 'Formats',
    text: 'What a format adds, changes or takes away is added, changed or taken away. Colours and padding for a terminal are not in the body. Where a format drops the call, nothing is logged.',
    shapes: [
      { call: "logger.info('hi %s', 'bob')", record: { body: 'hi %s' } },
      { options: SPLAT, call: "logger.info('hi %s', 'bob')", record: { body: 'hi bob' } },
      {
        options: SPLAT,
        call: "logger.info('%d%%', 5, { a: 1 })",
        record: { body: '5%', attributes: { a: 1 } },
      },
      {
        options: 'format: format.combine(format.colorize({ all: true }), format.simple())',
        call: "logger.warn('text')",
        record: { severity: 'WARN', body: 'text' },
      },
      { options: 'format: format.cli()', call: "logger.info('text')", record: { body: 'text' } },
      {
        options: 'format: format.combine(format.padLevels(), format.json())',
        call: "logger.info('text')",
        record: { body: 'text' },
      },
      {
        options: 'format: format.logstash()',
        call: "logger.info('text')",
        record: { body: 'text' },
      },
      {
        options: 'format: format.metadata()',
        call: "logger.info('text', { a: 1 })",
        record: { body: 'text', attributes: { metadata: { a: 1 } } },
      },
      {
        options: 'format: format(info => { delete info.secret; return info })()',
        call: "logger.info('text', { secret: 'hush' })",
        record: { body: 'text' },
      },
      {
        options: 'format: format(info => info.isPrivate ? false : info)()',
        call: "logger.info('text', { isPrivate: true })",
      },
    ],
  },
  {
    title: 'Errors',
    text: 'The exception is an Error that was logged: as the message, as `err` or `error` or another field, or after the message; and one whose stack a child logger or a format has made a text. One that was logged as `err` or `error` stays one where a format makes a text or a plain object of it, or puts it elsewhere, and is none where a format takes it away. Nothing else is: neither fields by the names of `name`, `code`, `stack` or `error`, nor texts. winston puts the message of an Error behind that of the call.',
    shapes: [
      {
        call: 'logger.error(refused)',
        record: {
          severity: 'ERROR',
          body: 'refused',
          attributes: { port: 8188, 'error.code': 'ECONNREFUSED' },
          exception: { type: 'Error', message: 'refused' },
        },
      },
      {
        options: 'format: format.combine(format.errors({ stack: true }), format.json())',
        call: 'logger.error(refused)',
        record: {
          severity: 'ERROR',
          body: 'refused',
          attributes: { port: 8188, 'error.code': 'ECONNREFUSED' },
          exception: { type: 'Error', message: 'refused' },
        },
      },
      {
        call: "logger.error('failed', refused)",
        record: {
          severity: 'ERROR',
          body: 'failed refused',
          attributes: { port: 8188, 'error.code': 'ECONNREFUSED' },
          exception: { type: 'Error', message: 'refused' },
        },
      },
      {
        call: "logger.error('failed', { err: new TypeError('wrong') })",
        record: {
          severity: 'ERROR',
          body: 'failed',
          attributes: { err: { type: 'TypeError', message: 'wrong' } },
          exception: { type: 'TypeError', message: 'wrong' },
        },
      },
      {
        call: "logger.error('failed', { error: new TypeError('wrong') })",
        record: {
          severity: 'ERROR',
          body: 'failed',
          attributes: { error: { type: 'TypeError', message: 'wrong' } },
          exception: { type: 'TypeError', message: 'wrong' },
        },
      },
      {
        call: "logger.error('failed', { job: 7, reason: new TypeError('wrong') })",
        record: {
          severity: 'ERROR',
          body: 'failed',
          attributes: { job: 7, reason: { type: 'TypeError', message: 'wrong' } },
          exception: { type: 'TypeError', message: 'wrong' },
        },
      },
      {
        options:
          'format: format(info => { info.err = { message: info.err.message }; return info })()',
        call: "logger.error('failed', { err: new TypeError('wrong') })",
        record: {
          severity: 'ERROR',
          body: 'failed',
          attributes: { err: { message: 'wrong' } },
          exception: { type: 'TypeError', message: 'wrong' },
        },
      },
      {
        options: 'format: format(info => { info.error = String(info.error); return info })()',
        call: "logger.error('failed', { error: new TypeError('wrong') })",
        record: {
          severity: 'ERROR',
          body: 'failed',
          attributes: { error: 'TypeError: wrong' },
          exception: { type: 'TypeError', message: 'wrong' },
        },
      },
      {
        options:
          'format: format.combine(format(info => { info.err = { message: info.err.message }; return info })(), format.metadata())',
        call: "logger.error('failed', { err: new TypeError('wrong') })",
        record: {
          severity: 'ERROR',
          body: 'failed',
          attributes: { metadata: { err: { message: 'wrong' } } },
          exception: { type: 'TypeError', message: 'wrong' },
        },
      },
      {
        options: 'format: format(info => { delete info.err; return info })()',
        call: "logger.error('failed', { err: new TypeError('wrong') })",
        record: { severity: 'ERROR', body: 'failed' },
      },
      {
        call: "logger.log({ level: 'error', message: new TypeError('wrong') })",
        record: {
          severity: 'ERROR',
          body: 'wrong',
          exception: { type: 'TypeError', message: 'wrong' },
        },
      },
      {
        options: SPLAT,
        call: "logger.error('job %d failed', 7, new TypeError('wrong'))",
        record: {
          severity: 'ERROR',
          body: 'job 7 failed',
          exception: { type: 'TypeError', message: 'wrong' },
        },
      },
      {
        call: "logger.child({ job: 7 }).error(new TypeError('wrong'))",
        record: {
          severity: 'ERROR',
          body: 'wrong',
          attributes: { job: 7 },
          exception: { type: 'TypeError', message: 'wrong' },
        },
      },
      {
        call: "logger.error(new Error('outer', { cause: new Error('root') }))",
        record: {
          severity: 'ERROR',
          body: 'outer',
          exception: { type: 'Error', message: 'outer' },
        },
      },
      {
        call: "logger.info('user', { name: 'Bob' })",
        record: { body: 'user', attributes: { name: 'Bob' } },
      },
      {
        call: "logger.info('answer', { code: 404 })",
        record: { body: 'answer', attributes: { code: 404 } },
      },
      { call: "logger.info('hi', 'bob', 5)", record: { body: 'hi' } },
      {
        call: "logger.error('failed', { error: 'text', stack: 'of books' })",
        record: {
          severity: 'ERROR',
          body: 'failed',
          attributes: { error: 'text', stack: 'of books' },
        },
      },
    ],
  },
  {
    title: 'Levels of your own',
    text: 'A level means what its name says; one whose name says nothing is as severe as the next below it that has a known name, or takes its place between ERROR and TRACE by its rank. A name that is not that of its severity is kept as the attribute `level`.',
    shapes: [
      {
        options: FOOBAR,
        call: "logger.foo('text')",
        record: { severity: 'ERROR', body: 'text', attributes: { level: 'foo' } },
      },
      {
        options: FOOBAR,
        call: "logger.baz('text')",
        record: { body: 'text', attributes: { level: 'baz' } },
      },
      {
        options: FOOBAR,
        call: "logger.foobar('text')",
        record: { severity: 'DEBUG', body: 'text', attributes: { level: 'foobar' } },
      },
      {
        options: 'levels: { error: 0, audit: 1, info: 2 }',
        call: "logger.audit('text')",
        record: { body: 'text', attributes: { level: 'audit' } },
      },
      {
        options: 'levels: config.syslog.levels',
        call: "logger.notice('text')",
        record: { body: 'text', attributes: { level: 'notice' } },
      },
      {
        options: 'levels: config.syslog.levels',
        call: "logger.emerg('text')",
        record: { severity: 'FATAL', body: 'text', attributes: { level: 'emerg' } },
      },
    ],
  },
  {
    title: 'What makes a record',
    text: 'A call that winston puts out: the level of the logger lets it pass, or that of a transport that has one of its own. Where every transport is silent, or the logger is, there is none.',
    shapes: [
      { call: "logger.debug('text')" },
      {
        call: "logger.level = 'debug'; logger.debug('text')",
        record: { severity: 'DEBUG', body: 'text' },
      },
      {
        options: "transports: [new transports.Stream({ stream: nowhere, level: 'debug' })]",
        call: "logger.debug('text')",
        record: { severity: 'DEBUG', body: 'text' },
      },
      {
        options: "transports: [new transports.Stream({ stream: nowhere, level: 'error' })]",
        call: "logger.info('text')",
        record: { body: 'text' },
      },
      { options: 'silent: true', call: "logger.info('text')" },
      {
        options: 'transports: [new transports.Console({ silent: true })]',
        call: "logger.info('text')",
      },
      { call: "logger.silent = true; logger.info('text'); logger.silent = false" },
      { call: "logger.log('unknown', 'text')" },
      { call: "logger.on('error', () => {}); logger.end(); logger.info('text')" },
      { options: 'transports: []', call: "logger.info('text')", record: { body: 'text' } },
    ],
  },
];
