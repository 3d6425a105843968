import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { assertUnnoticed } from '../loggers/logger-programs.js';

const test = suite('winston/kept-lines');

const HEAD = `
const { createLogger, format, transports, Transport } = require('winston');
const MESSAGE = Symbol.for('message');
const plain = format.simple();
const forced = options => new transports.Console({ forceConsole: true, ...options });
const later = options => new Transport({ log(info, done) { setImmediate(() => console.log(info.message)); done(); }, ...options });`;

interface Case {
  readonly what: string;
  readonly program: string;
  /** Scope and body, in order of time. */
  readonly records: readonly (readonly [string, string])[];
}

const CASES: readonly Case[] = [
  {
    what: 'a program that prints what its logger has filtered, at once and later',
    program: `
      const logger = createLogger({ transports: forced() });
      logger.debug('text'); console.log('text');
      logger.debug('more'); setImmediate(() => console.log('more'));`,
    records: [
      ['console', 'text'],
      ['console', 'more'],
    ],
  },
  {
    what: 'a program that prints what a silent transport was told',
    program: `createLogger({ transports: forced({ silent: true }) }).info('text'); console.log('text');`,
    records: [['console', 'text']],
  },
  {
    what: 'a program that prints what is below the level of a transport that prints',
    program: `
      createLogger({ transports: [later({ level: 'error' }), new transports.Console()] }).info('text');
      console.log('text');`,
    records: [
      ['winston', 'text'],
      ['console', 'text'],
    ],
  },
  {
    what: 'a logger that has no transport yet',
    program: `
      const logger = createLogger({ format: plain });
      logger.info('first');
      logger.add(forced());
      logger.info('second');`,
    records: [
      ['winston', 'first'],
      ['winston', 'second'],
    ],
  },
  {
    what: 'a logger that gets a second transport before the first has had its calls',
    program: `
      const logger = createLogger({ format: plain });
      logger.info('first');
      logger.add(new transports.Console());
      logger.info('second');
      logger.add(forced());`,
    records: [
      ['winston', 'first'],
      ['winston', 'second'],
    ],
  },
  {
    what: 'a kept call that only the transport lets pass',
    program: `
      const logger = createLogger({ format: plain });
      logger.debug('text');
      logger.add(forced({ level: 'debug' }));`,
    records: [['console', 'debug: text']],
  },
  {
    what: 'a logger that is the transport of another one',
    program: `
      const inner = createLogger({ transports: [forced(), later()] });
      createLogger({ transports: inner }).info('text');`,
    records: [['winston', 'text']],
  },
  {
    what: 'a logger that is the transport of one that filters',
    program: `
      const inner = createLogger({ level: 'debug', transports: new transports.Console() });
      createLogger({ transports: inner }).debug('text');`,
    records: [['winston', 'text']],
  },
];

for (const { what, program, records } of CASES) {
  test(`${what} has ${records.length} records`, async () => {
    const seen = [...(await assertUnnoticed(HEAD + program))];
    seen.sort((a, b) => Number(a.timeUnixNano - b.timeUnixNano));
    assert.equal(
      seen.map(({ scope, body }) => [scope.name, body]),
      records,
    );
  });
}

// More than the stream takes before it formats no more.
const MANY = 40;

test('each of many calls without a transport is one record, as the formats make it', async () => {
  const records = await assertUnnoticed(`${HEAD}
    const hide = format(info => { delete info.secret; return info });
    const logger = createLogger({ format: format.combine(hide(), plain) });
    for (let n = 0; n < ${MANY}; n++) logger.info('call ' + n, { n, secret: 'hush' });
    setImmediate(() => logger.add(forced()));`);
  assert.equal(
    records.map(({ scope, attributes }) => [scope.name, attributes]),
    Array.from({ length: MANY }, (_, n) => ['winston', { n }]),
  );
});

test.run();
