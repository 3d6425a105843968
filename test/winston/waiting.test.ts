import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PendingCalls } from '../../src/winston/pending-calls.js';
import { assertUnnoticed } from '../loggers/logger-programs.js';
import { linesOf, recordsOf } from '../preload/console-records.js';

const test = suite('winston/waiting');

const HEAD = `
const { createLogger, format, Transport } = require('winston');
const never = () => new Transport({ highWaterMark: 1, log() {} });
const waiting = transform => createLogger({ transports: never(), format: format(transform)() });
const fill = logger => { for (let n = 0; n < 40; n++) logger.info('fill'); };`;

const CASES: readonly (readonly [what: string, transform: string, ...line: unknown[]])[] = [
  ['hides a field', 'info => { delete info.id; return info }', ['INFO', 'last']],
  ['adds a field', 'info => ({ ...info, n: 1 })', ['INFO', 'last', { id: 7, n: 1 }]],
  ['drops it', "info => info.message === 'last' ? false : info"],
  [
    'throws',
    "info => { if (info.message === 'last') throw new Error('format'); return info }",
    ['INFO', 'last', { id: 7 }],
  ],
  [
    'prints',
    "info => { console.log('from the format'); return info }",
    ['INFO', 'last', { id: 7 }],
  ],
];

for (const [what, transform, ...expected] of CASES) {
  test(`a call that waits at the end has its record as a format that ${what} makes it`, async () => {
    const records = await assertUnnoticed(
      `${HEAD} const logger = waiting(${transform}); fill(logger); logger.info('last', { id: 7 });`,
    );
    assert.equal(
      linesOf(records).filter(([, body]) => body === 'last'),
      expected,
    );
  });
}

test('an error that waits at the end is still one, and unchanged', async () => {
  const records = await recordsOf(`${HEAD}
    const logger = createLogger({ transports: never(), format: format.errors({ stack: true }) });
    fill(logger);
    const error = Object.assign(new TypeError('wrong'), { port: 1 });
    logger.error(error);
    process.on('exit', () => { if (error.port !== 1) process.exitCode = 9; });
  `);
  const last = records.find(({ severityText }) => severityText === 'ERROR');
  assert.is(last?.attributes['exception.type'], 'TypeError');
  assert.is(last?.attributes.port, 1);
});

test('what waits in a logger that was closed is told, and does not add up', () => {
  const pending = new PendingCalls<number>();
  const told: number[] = [];
  for (let n = 0; n < 10_100; n++) {
    pending.add({ logger: n >> 2 }, {}, n);
    const excess = pending.takeExcess();
    if (excess !== undefined) told.push(excess);
  }
  pending.takeAll(n => told.push(n));

  assert.equal(
    told,
    Array.from({ length: 10_100 }, (_, n) => n),
  );
});

test('of infos that are logged again and again, each call has its turn', () => {
  const pending = new PendingCalls<number>();
  const logger = {};
  const infos = Array.from({ length: 3 }, () => ({}));
  const order = [0, 0, 1, 0, 1, 2];
  for (const [n, which] of order.entries()) pending.add(logger, infos[which]!, n);

  assert.equal(
    order.map(which => pending.take(logger, infos[which]!)),
    [0, 1, 2, 3, 4, 5],
  );
});

test('what winston dropped is let go with what comes after it', () => {
  const pending = new PendingCalls<number>();
  const [logger, dropped, last] = [{}, {}, {}];
  for (let n = 0; n < 10_001; n++) pending.add(logger, dropped, n);
  pending.add(logger, last, -1);

  assert.is(pending.take(logger, last), -1);
  assert.is(pending.take(logger, dropped), undefined);
  assert.is(pending.takeExcess(), undefined);
});

test.run();
