import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { EnvironmentChanges } from '../helpers/child-environment.js';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('winston/console-lines');

interface Case {
  readonly what: string;
  readonly program: string;
  readonly env?: EnvironmentChanges;
  /** Scope and body, in order of time. */
  readonly records: readonly (readonly [string, string])[];
}

const HEAD = `
const { createLogger, format, transports, Transport } = require('winston');
const MESSAGE = Symbol.for('message');
const by = log => createLogger({ transports: new Transport({ log(info, done) { log(info); done(); } }) });
const forced = options => createLogger({ transports: new transports.Console({ forceConsole: true }), ...options });`;

const CASES: readonly Case[] = [
  {
    what: 'a transport that also says something else by the console',
    program: `by(info => { console.log(info[MESSAGE]); console.log('of its own'); }).info('text');`,
    records: [
      ['winston', 'text'],
      ['console', 'of its own'],
    ],
  },
  {
    what: 'a transport that only says something else',
    program: `by(() => console.log('of its own')).info('text');`,
    records: [
      ['winston', 'text'],
      ['console', 'of its own'],
    ],
  },
  {
    what: 'a transport that hands the info to the console',
    program: `by(info => console.log(info)).info('text');`,
    records: [['winston', 'text']],
  },
  {
    what: 'a transport that prints JSON of its own',
    program: `by(({ message }) => console.log(JSON.stringify({ at: 1, message }))).info('he said "no"');`,
    records: [['winston', 'he said "no"']],
  },
  {
    what: 'a transport that prints later what the program has printed, too',
    program: `
      by(info => setImmediate(() => console.log(info.message))).info('text');
      setTimeout(() => console.log('text'), 50);`,
    records: [
      ['winston', 'text'],
      ['console', 'text'],
    ],
  },
  {
    what: 'a program that prints what its logger has said in vain, as text and as line',
    program: `
      const logger = createLogger({ format: format.simple(), transports: new Transport({ log: (_, done) => done() }) });
      logger.info('text');
      for (let n = 0; n < 2; n++) { console.log('text'); console.log('info: text'); }`,
    records: [
      ['winston', 'text'],
      // One of four is taken for the line of the transport, which prints nothing.
      ['console', 'info: text'],
      ['console', 'text'],
      ['console', 'info: text'],
    ],
  },
  {
    what: 'a transport that tells more than once about the message',
    program: `by(() => { console.log('try: ok'); console.log('network ok'); console.log('ok: 3'); }).info('ok');`,
    records: [
      ['winston', 'ok'],
      ['console', 'network ok'],
      ['console', 'ok: 3'],
    ],
  },
  {
    what: 'a transport that prints the same message later, several times',
    program: `
      const logger = by(({ message }) => setImmediate(() => console.log(message)));
      for (let n = 0; n < 3; n++) logger.info('tick');`,
    records: [
      ['winston', 'tick'],
      ['winston', 'tick'],
      ['winston', 'tick'],
    ],
  },
  {
    what: 'two transports that print later, each in its own words',
    program: `
      const later = say => new Transport({ log(info, done) { setImmediate(() => console.log(say(info))); done(); } });
      createLogger({ format: format.simple(), transports: [later(info => info.message), later(info => info[MESSAGE])] }).info('text');`,
    records: [['winston', 'text']],
  },
  {
    what: 'a program that prints what its logger has printed',
    program: `createLogger({ transports: new transports.Console() }).info('text'); console.log('text');`,
    records: [
      ['winston', 'text'],
      ['console', 'text'],
    ],
  },
  {
    what: 'a program that hands its console to its logger',
    program: `
      const logger = forced({ format: format.simple() });
      console.log = (...args) => logger.info(...args);
      console.log('text');`,
    records: [['winston', 'text']],
  },
  {
    what: 'a line below the least severity, printed by console.log',
    program: `forced({ level: 'debug' }).debug('text');`,
    env: { OTEL_REGISTER_LOG_LEVEL: 'info' },
    records: [],
  },
  {
    what: 'a logger without transports, of which winston warns by the console',
    program: `createLogger().info('text');`,
    records: [['winston', 'text']],
  },
  {
    what: 'a level that winston does not know, of which it warns',
    program: `forced().log('nope', 'text');`,
    records: [['console', '[winston] Unknown logger level: nope']],
  },
  {
    what: 'a line of a logger where console lines are formatted',
    program: `forced({ format: format.simple() }).info('text');`,
    env: { OTEL_REGISTER_LOG_FORMAT: 'json' },
    records: [['winston', 'text']],
  },
];

for (const { what, program, env, records } of CASES) {
  test(
    `${what} has ${records.length} records`,
    withCollector(async collector => {
      const args = ['-e', `${HEAD} ${program}`];

      const { code, stdout, stderr } = await runNode({
        args,
        env: { ...env, ...endpointOf(collector) },
      });
      const alone = await runNode({ args, preload: false });

      assert.is(code, 0, stderr.toString());
      assert.is(stdout.toString(), alone.stdout.toString());
      assert.is(stderr.toString(), alone.stderr.toString());
      const seen = [...collector.records].sort((a, b) => Number(a.timeUnixNano - b.timeUnixNano));
      assert.equal(
        seen.map(({ scope, body }) => [scope.name, body]),
        records,
      );
    }),
  );
}

test.run();
