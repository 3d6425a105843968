/** Programs in the manner of winston's own documentation, feature by feature. */
export interface DocumentedProgram {
  readonly what: string;
  readonly program: string;
  /** Of the records of loggers. */
  readonly bodies: readonly string[];
}

const HEAD = `
const winston = require('winston');
const { createLogger, format, transports } = winston;
const fs = require('node:fs');
const folder = fs.mkdtempSync(require('node:path').join(require('node:os').tmpdir(), 'otel-register-documented-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
const when = (name, lines, then) => {
  let text = '';
  try { text = fs.readFileSync(folder + '/' + name, 'utf8'); } catch {}
  if (text.split('\\n').length > lines) then();
  else setTimeout(when, 10, name, lines, then);
};
const show = name => process.stdout.write(name + ': ' + fs.readFileSync(folder + '/' + name, 'utf8'));`;

const PROGRAMS: readonly DocumentedProgram[] = [
  {
    what: 'files by level, and the console while developing',
    program: `
      const logger = createLogger({
        level: 'info', format: format.json(), defaultMeta: { service: 'user-service' },
        transports: [
          new transports.File({ filename: folder + '/error.log', level: 'error' }),
          new transports.File({ filename: folder + '/combined.log' }),
        ],
      });
      logger.add(new transports.Console({ format: format.simple() }));
      logger.log({ level: 'info', message: 'Hello distributed log files!' });
      logger.error('Hello again distributed logs');
      logger.debug('never');
      when('error.log', 1, () => when('combined.log', 2, () => { show('error.log'); show('combined.log'); }));`,
    bodies: ['Hello distributed log files!', 'Hello again distributed logs'],
  },
  {
    what: 'a format of its own, with label and timestamp',
    program: `
      const mine = format.printf(({ level, message, label, timestamp }) => timestamp + ' [' + label + '] ' + level + ': ' + message);
      createLogger({
        format: format.combine(format.label({ label: 'right meow!' }), format.timestamp(), mine),
        transports: [new transports.Console()],
      }).log({ level: 'info', message: 'What time is the testing at?' });`,
    bodies: ['What time is the testing at?'],
  },
  {
    what: 'string interpolation',
    program: `
      const logger = createLogger({ format: format.combine(format.splat(), format.simple()), transports: [new transports.Console()] });
      logger.log('info', 'test message %s', 'my string');
      logger.log('info', 'test message %d', 123);
      logger.log('info', 'test message %s, %s', 'first', 'second', { number: 123 });`,
    bodies: ['test message my string', 'test message 123', 'test message first, second'],
  },
  {
    what: 'infos that a format filters',
    program: `
      const ignorePrivate = format(info => (info.private ? false : info));
      const logger = createLogger({ format: format.combine(ignorePrivate(), format.json()), transports: [new transports.Console()] });
      logger.log({ level: 'error', message: 'Public error to share' });
      logger.log({ private: true, level: 'error', message: 'This is super secret - hide it.' });`,
    bodies: ['Public error to share'],
  },
  {
    what: 'levels and colours of its own',
    program: `
      winston.addColors({ foo: 'blue', bar: 'green', baz: 'yellow', foobar: 'red' });
      const logger = createLogger({
        levels: { foo: 0, bar: 1, baz: 2, foobar: 3 }, level: 'baz',
        format: format.combine(format.colorize(), format.simple()), transports: [new transports.Console()],
      });
      logger.foo('some foo level-ed message');
      logger.foobar('some foobar level-ed message');
      logger.log('baz', 'some baz');`,
    bodies: ['some foo level-ed message', 'some baz'],
  },
  {
    what: 'levels that change at run time',
    program: `
      const out = [new transports.Console({ level: 'warn' }), new transports.File({ filename: folder + '/combined.log', level: 'error' })];
      const logger = createLogger({ level: 'warn', transports: out });
      logger.info('Will not be logged in either transport!');
      out[0].level = 'info';
      logger.info('Will be logged in the console, not in the file');
      console.log(logger.isLevelEnabled('info'), logger.isDebugEnabled());`,
    bodies: ['Will be logged in the console, not in the file'],
  },
  {
    what: 'profiling, and timers',
    program: `
      const logger = createLogger({ transports: [new transports.Console()] });
      logger.profile('test');
      setTimeout(() => {
        logger.profile('test');
        const timer = logger.startTimer();
        timer.done({ message: 'Logging message' });
      }, 10);`,
    bodies: ['test', 'Logging message'],
  },
  {
    what: 'a container of loggers',
    program: `
      winston.loggers.add('category1', { format: format.combine(format.label({ label: 'category one' }), format.json()), transports: [new transports.Console()] });
      winston.loggers.add('category2', { transports: [new transports.Http({ host: 'localhost', port: 9, silent: true }), new transports.Console()] });
      winston.loggers.get('category1').info('logging to console');
      winston.loggers.get('category2').info('logging to both');
      winston.loggers.close('category1');`,
    bodies: ['logging to console', 'logging to both'],
  },
  {
    what: 'queries of a file, and its end awaited',
    program: `
      const logger = createLogger({ format: format.combine(format.timestamp(), format.json()), transports: [new transports.File({ filename: folder + '/query.log' })] });
      logger.info('to be found');
      logger.on('finish', () => when('query.log', 1, () => {
        logger.query({ limit: 10, fields: ['message'] }, (error, results) => console.log(error, JSON.stringify(results)));
      }));
      logger.end();`,
    bodies: ['to be found'],
  },
  {
    what: 'a logger piped into a stream, and written to as one',
    program: `
      const { Writable } = require('node:stream');
      const logger = createLogger({ transports: [new transports.Console()] });
      logger.pipe(new Writable({ objectMode: true, write(info, encoding, done) { console.error(info[Symbol.for('message')]); done(); } }));
      logger.write({ level: 'info', message: 'as a stream' });`,
    bodies: ['as a stream'],
  },
  {
    what: 'a daily file that rotates',
    program: `
      const transport = new (require('winston-daily-rotate-file'))({ dirname: folder, filename: 'application-%DATE%.log', zippedArchive: true, maxSize: '1k', maxFiles: '14d' });
      transport.on('rotate', () => console.log('rotated'));
      const logger = createLogger({ transports: [transport] });
      for (let n = 0; n < 3; n++) logger.info('Hello World!');
      transport.on('new', path => when(require('node:path').basename(path), 3, () => { console.log(fs.readFileSync(path, 'utf8')); process.exit(); }));`,
    bodies: ['Hello World!', 'Hello World!', 'Hello World!'],
  },
];

export const DOCUMENTED = PROGRAMS.map(({ program, ...rest }) => ({
  ...rest,
  program: `${HEAD}${program}`,
}));
