import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DeliveryReport } from '../../src/pipeline/delivery-report.js';
import { LossRecord } from '../../src/pipeline/loss-record.js';
import type { Outcome } from '../../src/pipeline/retry.js';
import { ACCEPTED, AWAY, ExporterBench, turn, write } from '../helpers/exporter-bench.js';

const test = suite('pipeline/loss-record');

const REFUSED: Outcome = { kind: 'refused', reason: 'HTTP 401', mayBeOneRecord: false };
const PLACE = 'http://collector.test:4318/v1/logs';

test('what was lost is told once something is accepted again', async () => {
  const bench = new ExporterBench();
  const pipeline = bench.addPipeline();
  write(pipeline, 1, 2);
  (await bench.nextAttempt()).end(REFUSED);
  await turn();
  write(pipeline, 3);
  (await bench.nextAttempt()).end(ACCEPTED);

  const { bodies, end } = await bench.nextAttempt();
  assert.equal(bodies, [`Log records were lost (2 INFO): refused by ${PLACE} (HTTP 401).`]);
  end(ACCEPTED);
  write(pipeline, 4);
  const next = await bench.nextAttempt();
  assert.equal(next.bodies, [4]);
});

test('what is lost time and again is told once a minute', async () => {
  const bench = new ExporterBench();
  const pipeline = bench.addPipeline();
  const told: unknown[] = [];
  for (const outcome of [REFUSED, ACCEPTED, ACCEPTED, REFUSED, ACCEPTED]) {
    write(pipeline, 1);
    const attempt = await bench.nextAttempt();
    told.push(...attempt.bodies.filter(body => body !== 1));
    attempt.end(outcome);
    await turn();
  }

  assert.is(told.length, 1);
});

test('at the end it is told at once', async () => {
  const bench = new ExporterBench();
  const pipeline = bench.addPipeline();
  write(pipeline, 1);
  (await bench.nextAttempt()).end(REFUSED);
  await turn();
  const ticket = bench.requestFlush(true);

  const { bodies, end } = await bench.nextAttempt();
  assert.match(String(bodies[0]), /^Log records were lost \(1 INFO\)/);
  end(ACCEPTED);
  await bench.flushed(ticket);
});

test('what the last batch of all costs is told before the end, and what that costs is not', async () => {
  const bench = new ExporterBench();
  const rejecting: Outcome = { kind: 'accepted', rejectedRecords: 1, message: 'too old' };
  write(bench.addPipeline(), 1);
  const ticket = bench.requestFlush(true);
  (await bench.nextAttempt()).end(rejecting);

  const { bodies, end } = await bench.nextAttempt();
  assert.match(String(bodies[0]), /^Log records were lost .* \(too old\)\.$/);
  end(rejecting);
  await bench.flushed(ticket);
  assert.is(bench.hasAttempt(), false);
});

test('a collector that is away is told nothing', async () => {
  const bench = new ExporterBench();
  write(bench.addPipeline(), 1);
  (await bench.nextAttempt()).end({ ...AWAY, retryAfterMs: 3_600_000 });
  await turn(20);

  assert.is(bench.hasAttempt(), false);
});

test('what an exporter thread tells is not taken for what its predecessor told', () => {
  const [first, second] = [false, true].map(isSuccessor => {
    const { control, counts } = new ExporterBench();
    return new LossRecord(control, new DeliveryReport(PLACE, counts), isSuccessor).ring.ringId;
  });

  assert.is.not(first, second);
});

test.run();
