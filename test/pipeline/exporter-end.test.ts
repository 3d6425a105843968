import { readdirSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Outcome } from '../../src/pipeline/retry.js';
import { ACCEPTED, AWAY, ExporterBench, turn, write } from '../helpers/exporter-bench.js';
import { OldRecords } from '../helpers/old-records.js';
import { ownSpool, STEM, temporaryFolder } from '../helpers/spool.js';

const test = suite('pipeline/exporter-end');

const HOUR_MS = 3_600_000;
const LONG_AWAY = { ...AWAY, retryAfterMs: HOUR_MS };
const REFUSED: Outcome = {
  kind: 'refused',
  status: 400,
  reason: 'HTTP 400',
  mayBeOneRecord: true,
};

/** An exporter with a spool, whose collector has not taken the one record there is. */
async function away() {
  const folder = temporaryFolder();
  const bench = new ExporterBench({ spool: ownSpool(folder) });
  const pipeline = bench.addPipeline();
  write(pipeline, 1);
  (await bench.nextAttempt()).end(LONG_AWAY);
  await turn();
  return { bench, pipeline, folder };
}

test('what is on disk is not given, at the end of a known outage, to one who does not answer', async () => {
  const { bench, folder } = await away();

  const ticket = bench.requestFlush(true);
  const question = await bench.nextAttempt();
  assert.equal(question.bodies, []);
  assert.ok(question.timeoutMs! <= 50);
  question.end(AWAY);
  await bench.flushed(ticket);
  await turn();

  assert.is(bench.hasAttempt(), false);
  assert.equal(readdirSync(folder), [`${STEM}.0`]);
});

for (const [answer, outcome] of [
  ['takes', ACCEPTED],
  ['refuses', REFUSED],
] as const) {
  test(`a collector that ${answer} a request without records is back, and given all the time`, async () => {
    const { bench, folder } = await away();

    const ticket = bench.requestFlush(true);
    (await bench.nextAttempt()).end(outcome);
    const attempt = await bench.nextAttempt();
    bench.hurriedMs.length = 0;
    bench.exporter.step();
    assert.equal([attempt.bodies, attempt.timeoutMs, bench.hurriedMs], [[1], undefined, []]);
    attempt.end(ACCEPTED);
    await bench.flushed(ticket);

    assert.equal(readdirSync(folder), []);
  });
}

test('what is in memory alone is given to one who may not answer: it would be lost', async () => {
  const bench = new ExporterBench();
  write(bench.addPipeline(), 1);
  (await bench.nextAttempt()).end(LONG_AWAY);
  await turn();

  bench.requestFlush(true);

  assert.equal((await bench.nextAttempt()).bodies, [1]);
});

// `exit` and what Node calls after it both wait for what was logged meanwhile.
test('a second wait of one end asks the collector again for what is new alone', async () => {
  const { bench, pipeline } = await away();
  const first = bench.requestFlush(true);
  (await bench.nextAttempt()).end(AWAY);
  await bench.flushed(first);

  await bench.flushed(bench.requestFlush(true));
  assert.is(bench.hasAttempt(), false);

  write(pipeline, 2);
  bench.requestFlush(true);
  assert.equal((await bench.nextAttempt()).bodies, []);
});

test('an end waits for the answer to what dead processes left, for a moment', async () => {
  const replay = new OldRecords(2);
  const bench = new ExporterBench({ replay });
  bench.exporter.step();
  const old = await bench.nextAttempt();

  const ticket = bench.requestFlush(true);
  await turn();
  assert.is(bench.isFlushed(ticket), false);
  assert.ok(bench.hurriedMs[0]! <= 250);
  old.end(ACCEPTED);
  await bench.flushed(ticket);

  assert.is(replay.left, 1);
  assert.is(bench.hasAttempt(), false);
});

test('an end does not wait for a second attempt with what dead processes left', async () => {
  const replay = new OldRecords(1);
  const bench = new ExporterBench({ replay });
  bench.exporter.step();
  const old = await bench.nextAttempt();

  const ticket = bench.requestFlush(true);
  await turn();
  old.end(AWAY);
  await bench.flushed(ticket);

  assert.is(replay.left, 1);
  assert.is(bench.hasAttempt(), false);
});

test.run();
