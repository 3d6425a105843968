import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';
import { linesOf, recordsOf } from './console-records.js';

const test = suite('preload/noise');

const REPETITIVE = `
  for (let i = 0; i < 20; i++) console.log('same', { a: 1 });
  for (let i = 0; i < 3; i++) console.error('failed');
  for (let i = 0; i < 20; i++) console.log('job ' + i);`;

test('by default every line is a record', async () => {
  const lines = linesOf(await recordsOf(REPETITIVE));

  assert.is(lines.length, 43);
});

test('OTEL_REGISTER_FOLD=on folds identical lines in a row, and no errors', async () => {
  const records = await recordsOf(REPETITIVE, { OTEL_REGISTER_FOLD: 'on' });

  const [first, repeated, ...rest] = records;
  assert.equal(first!.attributes, { a: 1, 'log.iostream': 'stdout' });
  const {
    'log.repeated.first_time': from,
    'log.repeated.last_time': to,
    ...fields
  } = repeated!.attributes;
  assert.equal(fields, { a: 1, 'log.repeated.count': 19, 'log.iostream': 'stdout' });
  assert.match(String(from), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.ok(first!.timeUnixNano < repeated!.timeUnixNano);
  const lastMs = Number(repeated!.timeUnixNano / 1_000_000n);
  assert.ok(Math.abs(Date.parse(String(to)) - lastMs) <= 1);
  assert.is(rest.length, 23);
});

test('OTEL_REGISTER_RATE_LIMIT=10/h lets one of a kind through at once, and every error', async () => {
  const records = await recordsOf(REPETITIVE, { OTEL_REGISTER_RATE_LIMIT: '10/h' });

  const bodies = records.map(({ body }) => String(body));
  assert.is(bodies.filter(body => body === 'failed').length, 3);
  assert.is(bodies.filter(body => body === 'same').length, 1);
  const told = records.filter(({ attributes }) => 'log.suppressed.count' in attributes);
  assert.equal(
    told.map(({ severityText, body }) => [severityText, body]),
    [
      ['INFO', 'Suppressed 19 records like: same'],
      ['INFO', 'Suppressed 19 records like: job 1'],
    ],
  );
});

test('with call sites for all, each place has a limit of its own', async () => {
  const program = "for (const i of 'abc') { console.log('x'); console.log('x'); }";
  const records = await recordsOf(program, {
    OTEL_REGISTER_CALL_SITES: 'all',
    OTEL_REGISTER_RATE_LIMIT: '1/h',
  });

  const seen = records.map(({ body, attributes }) => [body, attributes['code.column.number']]);
  assert.equal(seen, [
    ['x', 34],
    ['x', 52],
    ['Suppressed 2 records like: x', 34],
    ['Suppressed 2 records like: x', 52],
  ]);
});

test('bytes that change between two lines make them different', async () => {
  const program = `
    const bytes = new Uint8Array(3);
    for (let i = 0; i < 3; i++) { bytes.fill(i); console.log('x', { bytes }); }`;

  assert.is((await recordsOf(program, { OTEL_REGISTER_FOLD: 'on' })).length, 3);
});

test(
  'what is held back is told by a timer while the program runs on',
  withCollector(async collector => {
    let toldAlive = 0;
    await runNode({
      args: ['-e', "console.log('x'); console.log('x'); setInterval(() => {}, 1000)"],
      env: { ...endpointOf(collector), OTEL_REGISTER_FOLD: 'on' },
      onSpawn: child => {
        const look = setInterval(() => {
          toldAlive = collector.records.length;
          if (toldAlive < 2) return;
          clearInterval(look);
          child.kill('SIGKILL');
        }, 20);
        child.once('exit', () => clearInterval(look));
      },
    });

    assert.is(toldAlive, 2);
    assert.is(collector.records[1]!.attributes['log.repeated.count'], 1);
  }),
);

test(
  'the timer does not keep the process alive',
  withCollector(async collector => {
    const { durationMs } = await runNode({
      args: ['-e', "console.log('x'); console.log('x')"],
      env: { ...endpointOf(collector), OTEL_REGISTER_FOLD: 'on' },
    });

    // It runs for 5000.
    assert.ok(durationMs < 4_500);
    assert.is(collector.records.length, 2);
  }),
);

test.run();
