import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('winston/crash');

interface Crash {
  readonly what: string;
  readonly program: string;
  readonly code: number;
  /** Scope, severity, body and names of attributes but `code.*` and `exception.*`, by time. */
  readonly records: readonly (readonly [string, string, string, ...string[]])[];
}

const THROWN = `setTimeout(() => { throw new Error('thrown'); });`;
const REJECTED = `Promise.reject(new Error('rejected'));`;

const CRASHES: readonly Crash[] = [
  {
    what: 'an exception that a transport handles ends the process',
    program: `createLogger({ transports: new transports.Console({ handleExceptions: true }) }); ${THROWN}`,
    code: 1,
    records: [['process', 'FATAL', 'Error: thrown']],
  },
  {
    what: 'an exception that two loggers handle by the console ends the process',
    program: `
      const output = () => new transports.Console({ handleExceptions: true, forceConsole: true });
      createLogger({ transports: output() }); createLogger({ exceptionHandlers: output() }); ${THROWN}`,
    code: 1,
    records: [['process', 'FATAL', 'Error: thrown']],
  },
  {
    what: 'an exception that is handled, and does not end the process',
    program: `createLogger({ exitOnError: false, transports: new transports.Console({ handleExceptions: true }) }); ${THROWN}`,
    code: 0,
    records: [['process', 'ERROR', 'Error: thrown']],
  },
  {
    what: 'an exception that no logger handles',
    program: `createLogger({ transports: new transports.Console() }).info('before'); ${THROWN}`,
    code: 1,
    records: [
      ['winston', 'INFO', 'before'],
      ['process', 'FATAL', 'Error: thrown'],
    ],
  },
  {
    what: 'a rejection that a transport handles',
    program: `createLogger({ transports: new transports.Console({ handleRejections: true }) }); ${REJECTED}`,
    code: 1,
    records: [['winston', 'ERROR', 'unhandledRejection: rejected']],
  },
  {
    what: 'an error that the program logs itself before it throws it',
    program: `
      const logger = createLogger({ transports: new transports.Console() });
      process.on('uncaughtException', error => logger.error(error)); ${THROWN}`,
    code: 0,
    records: [
      ['process', 'ERROR', 'Error: thrown'],
      ['winston', 'ERROR', 'thrown'],
    ],
  },
];

for (const { what, program, code, records } of CRASHES) {
  test(
    `${what}: ${records.length} of a crash`,
    withCollector(async collector => {
      const args = ['-e', `const { createLogger, transports } = require('winston'); ${program}`];
      const env = endpointOf(collector);

      const [run, alone] = await Promise.all([
        runNode({ args, env }),
        runNode({ args, env, preload: false }),
      ]);

      assert.is(run.code, code);
      assert.is(alone.code, code);
      assert.is(count(run.stdout, /^\{/gm), count(alone.stdout, /^\{/gm));
      assert.equal([...collector.records].sort(byTime).map(seen), records);
    }),
  );
}

type Received = Parameters<Parameters<typeof withCollector>[0]>[0]['records'][number];

function seen({ scope, severityText, body, attributes }: Received): unknown {
  const names = Object.keys(attributes).filter(key => !/^(?:code|exception)\./.test(key));
  return [scope.name, severityText, body, ...names];
}

function byTime(a: Received, b: Received): number {
  return Number(a.timeUnixNano - b.timeUnixNano);
}

function count(output: Buffer, pattern: RegExp): number {
  return output.toString().match(pattern)?.length ?? 0;
}

test.run();
