import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { answerFlush, failFlush, pendingFlush } from '../../src/pipeline/flush.js';
import { flushLater } from '../../src/pipeline/flush-request.js';
import { CONTROL_SLOTS } from '../../src/pipeline/protocol.js';
import { ACCEPTED, AWAY, ExporterBench, turn, write } from '../helpers/exporter-bench.js';

const test = suite('pipeline/flush');

const TIMEOUT_MS = 20_000;

test('none of two flushes is told that all was delivered when the exporter thread dies', async () => {
  const control = new Int32Array(new SharedArrayBuffer(CONTROL_SLOTS * 4));
  const flushes = [flushLater(control, TIMEOUT_MS), flushLater(control, TIMEOUT_MS)];

  failFlush(control, pendingFlush(control));

  assert.equal(await Promise.all(flushes), [false, false]);
});

test('a flush is told by the exporter thread that comes after a dead one', async () => {
  const control = new Int32Array(new SharedArrayBuffer(CONTROL_SLOTS * 4));
  const failed = flushLater(control, TIMEOUT_MS);
  failFlush(control, pendingFlush(control));
  await failed;

  const flush = flushLater(control, TIMEOUT_MS);
  answerFlush(control, pendingFlush(control), true);

  assert.is(await flush, true);
});

test('a flush is told that all was delivered, whatever was logged after it', async () => {
  const bench = new ExporterBench();
  const pipeline = bench.addPipeline();
  write(pipeline, 1);
  const flush = flushLater(bench.slots, TIMEOUT_MS);
  const first = await bench.nextAttempt();

  write(pipeline, 2);
  await turn();
  first.end(ACCEPTED);

  assert.is(await flush, true);
});

test('a flush that was given up is told so', async () => {
  const bench = new ExporterBench();
  write(bench.addPipeline(), 1);
  const flush = flushLater(bench.slots, TIMEOUT_MS);

  (await bench.nextAttempt()).end({ ...AWAY, retryAfterMs: 3_600_000 });

  assert.is(await flush, false);
});

test('a flush that nobody answers is over when its time is', async () => {
  const control = new Int32Array(new SharedArrayBuffer(CONTROL_SLOTS * 4));

  assert.is(await flushLater(control, 1), false);
});

test.run();
