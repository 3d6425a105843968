import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { EXPORTER_STATE, HAS_DELIVERED, IDLE, LINGERING } from '../../src/pipeline/protocol.js';
import { ACCEPTED, AWAY, ExporterBench, turn, write } from '../helpers/exporter-bench.js';

const test = suite('pipeline/exporter');

const HOUR_MS = 3_600_000;

test('a record wakes an idle exporter', async () => {
  const bench = new ExporterBench();
  const pipeline = bench.addPipeline();
  await turn();
  assert.is(bench.slots[EXPORTER_STATE], IDLE);

  write(pipeline, 1);

  assert.equal((await bench.nextAttempt()).bodies, [1]);
});

test('a wake-up between any two steps is not lost', async () => {
  const bench = new ExporterBench();
  const pipeline = bench.addPipeline();

  for (let i = 0; i < 2_000; i++) {
    write(pipeline, i);
    const attempt = await bench.nextAttempt();
    assert.equal(attempt.bodies, [i]);
    attempt.end(ACCEPTED);
    await turn(i % 4);
  }
});

test('records wait for neighbours while the exporter lingers', async () => {
  const bench = new ExporterBench({ lingerMs: 20 });
  const pipeline = bench.addPipeline();
  write(pipeline, 1);
  await turn();
  assert.is(bench.slots[EXPORTER_STATE], LINGERING);

  write(pipeline, 2, 3);

  assert.equal((await bench.nextAttempt()).bodies, [1, 2, 3]);
});

test('a filling ring does not wait for the linger', async () => {
  const bench = new ExporterBench({ lingerMs: HOUR_MS, maxMemoryBytes: 3000 });
  const pipeline = bench.addPipeline(0, 8192);
  write(pipeline, 1);
  await turn();

  write(pipeline, 'x'.repeat(1300), 'y'.repeat(1300), 'z'.repeat(1300));

  assert.is((await bench.nextAttempt()).bodies.length, 4);
});

test('full memory does not wait for the linger', async () => {
  const bench = new ExporterBench({ lingerMs: HOUR_MS, maxMemoryBytes: 1 });

  write(bench.addPipeline(), 1);

  assert.equal((await bench.nextAttempt()).bodies, [1]);
});

test('a failed batch is sent again as it was, before what came later', async () => {
  const bench = new ExporterBench();
  const pipeline = bench.addPipeline();
  write(pipeline, 1, 2);
  const first = await bench.nextAttempt();
  write(pipeline, 3);
  first.end(AWAY);
  await turn();

  bench.requestFlush();
  const again = await bench.nextAttempt();
  assert.equal(again.bodies, [1, 2]);
  again.end(ACCEPTED);

  assert.equal((await bench.nextAttempt()).bodies, [3]);
  assert.is(bench.slots[HAS_DELIVERED], 1);
});

test('nothing is sent in a back-off without a flush', async () => {
  const bench = new ExporterBench();
  const pipeline = bench.addPipeline();
  write(pipeline, 1);
  (await bench.nextAttempt()).end({ ...AWAY, retryAfterMs: HOUR_MS });

  write(pipeline, 2);
  await turn(20);

  assert.is(bench.hasAttempt(), false);
});

test('a resource that cannot be had costs the resource, not the records', async () => {
  const bench = new ExporterBench({ resource: Promise.reject(new Error('no resource')) });

  write(bench.addPipeline(), 1);

  assert.equal((await bench.nextAttempt()).bodies, [1]);
});

test('while memory is full, rings are taken from in turn', async () => {
  const bench = new ExporterBench({ maxMemoryBytes: 1 });
  const pipelines = [1, 2, 3].map(ringId => bench.addPipeline(ringId));
  for (const [index, pipeline] of pipelines.entries()) write(pipeline, `${'abc'[index]}1`);
  const order: unknown[] = [];
  for (let i = 0; i < 9; i++) {
    const attempt = await bench.nextAttempt();
    order.push(...attempt.bodies);
    // The one that was just taken from writes again before the others got their turn.
    const [ring, turnOf] = [...(attempt.bodies[0] as string)];
    if (turnOf === '1') write(pipelines['abc'.indexOf(ring!)]!, `${ring}2`, `${ring}3`);
    attempt.end(ACCEPTED);
    if (order.length === 9) break;
  }

  assert.equal(order.slice(0, 3), ['a1', 'b1', 'c1']);
  assert.equal([...order].sort(), ['a1', 'a2', 'a3', 'b1', 'b2', 'b3', 'c1', 'c2', 'c3']);
});

test.run();
