import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { IS_ENDING } from '../../src/pipeline/protocol.js';
import { ACCEPTED, AWAY, ExporterBench, turn, write } from '../helpers/exporter-bench.js';

const test = suite('pipeline/exporter-flush');

const HOUR_MS = 3_600_000;

test('a flush with nothing to send is answered at once', async () => {
  const bench = new ExporterBench();
  bench.addPipeline();

  await bench.flushed(bench.requestFlush());

  assert.is(bench.hasAttempt(), false);
});

test('a flush does not wait for the linger', async () => {
  const bench = new ExporterBench({ lingerMs: HOUR_MS });
  write(bench.addPipeline(), 1);

  const ticket = bench.requestFlush();
  const attempt = await bench.nextAttempt();

  assert.equal(attempt.bodies, [1]);
  assert.is(bench.isFlushed(ticket), false);
  attempt.end(ACCEPTED);
  await bench.flushed(ticket);
});

test('a flush goes on until everything written before it is sent', async () => {
  const bench = new ExporterBench({ maxBatchRecords: 2 });
  write(bench.addPipeline(), 1, 2, 3, 4, 5);

  const ticket = bench.requestFlush();
  for (const bodies of [[1, 2], [3, 4], [5]]) {
    const attempt = await bench.nextAttempt();
    assert.equal(attempt.bodies, bodies);
    assert.is(bench.isFlushed(ticket), false);
    attempt.end(ACCEPTED);
  }

  await bench.flushed(ticket);
});

test('a flush does not wait for what is written after it', async () => {
  const bench = new ExporterBench();
  const pipeline = bench.addPipeline();
  write(pipeline, 1);
  const ticket = bench.requestFlush();
  const first = await bench.nextAttempt();

  write(pipeline, 2);
  first.end(ACCEPTED);

  await bench.flushed(ticket);
  assert.equal((await bench.nextAttempt()).bodies, [2]);
});

test('a flush in a back-off gets an attempt, and is given up when that fails', async () => {
  const bench = new ExporterBench();
  write(bench.addPipeline(), 1, 2);
  (await bench.nextAttempt()).end({ ...AWAY, retryAfterMs: HOUR_MS });
  await turn();

  const ticket = bench.requestFlush();
  const attempt = await bench.nextAttempt();
  attempt.end(AWAY);
  await bench.flushed(ticket);

  assert.equal(attempt.bodies, [1, 2]);
  assert.is(bench.hasAttempt(), false);
});

test('a flush during an attempt that fails gets one of its own', async () => {
  const bench = new ExporterBench();
  write(bench.addPipeline(), 1);
  const attempt = await bench.nextAttempt();

  const ticket = bench.requestFlush();
  await turn();
  attempt.end(AWAY);
  const own = await bench.nextAttempt();

  assert.is(bench.isFlushed(ticket), false);
  own.end(ACCEPTED);
  await bench.flushed(ticket);
});

test('each of two flushes during an outage gets an attempt', async () => {
  const bench = new ExporterBench();
  write(bench.addPipeline(), 1);
  (await bench.nextAttempt()).end(AWAY);

  for (let i = 0; i < 2; i++) {
    await turn();
    const ticket = bench.requestFlush();
    (await bench.nextAttempt()).end(AWAY);
    await bench.flushed(ticket);
  }

  const ticket = bench.requestFlush();
  (await bench.nextAttempt()).end(ACCEPTED);
  await bench.flushed(ticket);
});

test('an attempt under way in a known outage is hurried when the process ends, and is the last', async () => {
  const bench = new ExporterBench();
  write(bench.addPipeline(), 1);
  (await bench.nextAttempt()).end({ ...AWAY, retryAfterMs: 0 });
  const attempt = await bench.nextAttempt();

  const ticket = bench.requestFlush(true);
  while (bench.hurriedMs.length === 0) await turn(1);
  attempt.end(AWAY);

  await bench.flushed(ticket);
  assert.ok(bench.hurriedMs[0]! <= 50);
  assert.is(bench.hasAttempt(), false);
});

test('the last attempt of a known outage is a short one', async () => {
  const bench = new ExporterBench();
  write(bench.addPipeline(), 1);
  (await bench.nextAttempt()).end({ ...AWAY, retryAfterMs: HOUR_MS });
  await turn();

  bench.requestFlush(true);

  assert.ok((await bench.nextAttempt()).timeoutMs! <= 50);
});

test('records survive an end that did not come', async () => {
  const bench = new ExporterBench();
  write(bench.addPipeline(), 1, 2);
  const failing = await bench.nextAttempt();
  failing.end({ ...AWAY, retryAfterMs: HOUR_MS });
  await turn();
  write(bench.addPipeline(1), 3);
  const ending = bench.requestFlush(true);
  (await bench.nextAttempt()).end(AWAY);
  await bench.flushed(ending);

  Atomics.store(bench.slots, IS_ENDING, 0);
  const later = bench.requestFlush();
  const delivered = [];
  for (let i = 0; i < 2; i++) {
    const attempt = await bench.nextAttempt();
    delivered.push(...attempt.bodies);
    attempt.end(ACCEPTED);
  }

  await bench.flushed(later);
  assert.equal(delivered, [1, 2, 3]);
});

test('a flush waits for a ring that was announced and not taken in yet', async () => {
  const announced: { ringId: number; ring: SharedArrayBuffer }[] = [];
  const bench = new ExporterBench({ takeAnnounced: () => announced.splice(0) });
  const { pipeline, ring } = bench.createPipeline();
  bench.addPipeline();
  await turn();
  write(pipeline, 'late');
  announced.push({ ringId: 1, ring });

  const ticket = bench.requestFlush();
  const attempt = await bench.nextAttempt();

  assert.equal(attempt.bodies, ['late']);
  attempt.end(ACCEPTED);
  await bench.flushed(ticket);
});

test('a flush that comes while memory is full gets through', async () => {
  const bench = new ExporterBench({ maxMemoryBytes: 1, lingerMs: HOUR_MS });
  const pipeline = bench.addPipeline(1, 4096);
  write(pipeline, 1);
  const first = await bench.nextAttempt();
  write(pipeline, 2, 3);

  const ticket = bench.requestFlush();
  first.end(ACCEPTED);
  const second = await bench.nextAttempt();

  assert.equal(second.bodies, [2, 3]);
  second.end(ACCEPTED);
  await bench.flushed(ticket);
});

test.run();
