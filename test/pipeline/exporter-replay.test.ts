import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Replayed } from '../../src/pipeline/supply.js';
import { ACCEPTED, AWAY, ExporterBench, turn, write } from '../helpers/exporter-bench.js';
import { OLD_BODY, OldRecords } from '../helpers/old-records.js';

const test = suite('pipeline/exporter-replay');

test('what dead processes left has its turn beside a program that flushes again and again', async () => {
  const replay = new OldRecords(20);
  const bench = new ExporterBench({ replay });
  const pipeline = bench.addPipeline();
  const ofOld: boolean[] = [];

  for (let i = 0; i < 100 && replay.left > 0; i++) {
    const attempt = await bench.nextAttempt();
    ofOld.push(attempt.bodies[0] === OLD_BODY);
    write(pipeline, 'new');
    const ticket = bench.requestFlush();
    attempt.end(ACCEPTED);
    const own = await bench.nextAttempt();
    assert.equal(own.bodies, ['new']);
    own.end(ACCEPTED);
    await bench.flushed(ticket);
  }

  assert.is(replay.left, 0);
  assert.is(replay.isAbandoned, false);
  assert.ok(ofOld.filter(Boolean).length >= ofOld.length / 2);
});

test('a flush has what dead processes left tried again, and is given up with it', async () => {
  const replay = new OldRecords(1);
  const bench = new ExporterBench({ replay });
  bench.exporter.step();
  (await bench.nextAttempt()).end({ ...AWAY, retryAfterMs: 3_600_000 });
  await turn();
  write(bench.addPipeline(), 'new');

  const failing = bench.requestFlush();
  const again = await bench.nextAttempt();
  assert.equal(again.bodies, [OLD_BODY]);
  again.end(AWAY);
  await bench.flushed(failing);
  const ticket = bench.requestFlush();
  for (const bodies of [[OLD_BODY], ['new']]) {
    const attempt = await bench.nextAttempt();
    assert.equal(attempt.bodies, bodies);
    attempt.end(ACCEPTED);
  }

  await bench.flushed(ticket);
  assert.is(replay.left, 0);
});

test('a process that ends leaves to others what it has not delivered of others', async () => {
  const replay = new OldRecords(2);
  const bench = new ExporterBench({ replay });
  bench.exporter.step();
  (await bench.nextAttempt()).end({ ...AWAY, retryAfterMs: 3_600_000 });
  await turn();
  write(bench.addPipeline(), 'new');

  const ticket = bench.requestFlush(true);
  const attempt = await bench.nextAttempt();
  attempt.end(ACCEPTED);
  await bench.flushed(ticket);

  assert.equal(attempt.bodies, ['new']);
  assert.is(replay.isAbandoned, true);
});

test('what dead processes left stays ours where nothing of it is under way at an end that did not come', async () => {
  const replay = new OldRecords(2);
  const bench = new ExporterBench({ replay });
  bench.exporter.step();
  const old = await bench.nextAttempt();
  write(bench.addPipeline(), 'new');

  const ticket = bench.requestFlush(true);
  old.end(ACCEPTED);
  (await bench.nextAttempt()).end(ACCEPTED);
  await bench.flushed(ticket);

  assert.equal([replay.left, replay.isAbandoned], [1, false]);
});

test('what has expired is counted, and not sent; what is new does not wait for that', async () => {
  const replay = Object.assign(new OldRecords(500), { expiry: 'too old' as const });
  const bench = new ExporterBench({ replay });
  bench.exporter.step();
  write(bench.addPipeline(), 'new');
  const { bodies, end } = await bench.nextAttempt();
  assert.equal(bodies, ['new']);
  assert.ok(replay.left > 400, `${replay.left} are left`);
  end(ACCEPTED);

  // It is told meanwhile, once.
  (await bench.nextAttempt()).end(ACCEPTED);
  while (replay.left > 0) await turn();
  await turn();

  assert.is(bench.counts.replayed.failures.get('expired')?.total, 500);
  assert.is(bench.counts.replayed.inflightRecords, 0);
});

/** Thousands of processes that left nothing. */
class Empty implements Replayed {
  finished = 0;
  readonly resource = new Uint8Array(0);

  get current(): Replayed['current'] {
    return this.finished < 10_000 ? this : undefined;
  }

  take(): void {}

  settle(): void {}

  finish(): void {
    this.finished++;
  }

  abandon(): void {}
}

test('thousands of processes that left nothing do not keep a record waiting', async () => {
  const replay = new Empty();
  const bench = new ExporterBench({ replay });
  bench.exporter.step();
  write(bench.addPipeline(), 'new');
  const attempt = await bench.nextAttempt();

  assert.equal(attempt.bodies, ['new']);
  assert.ok(replay.finished < 100, `${replay.finished} came first`);
});

test.run();
