import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Operation } from '../../src/pipeline/delivery-counts.js';
import type { RecordList } from '../../src/pipeline/record-list.js';
import type { Outcome } from '../../src/pipeline/retry.js';
import { ACCEPTED, AWAY, ExporterBench, turn, write } from '../helpers/exporter-bench.js';

const test = suite('pipeline/delivery-counts');

const REFUSED: Outcome = {
  kind: 'refused',
  status: 400,
  reason: 'HTTP 400',
  mayBeOneRecord: true,
};

function startCounting(options: ConstructorParameters<typeof ExporterBench>[0] = {}) {
  const bench = new ExporterBench(options);
  const operations: Operation[] = [];
  bench.counts.onOperation = operation => operations.push(operation);
  const failures = () =>
    [...bench.counts.own.failures].map(([errorType, tally]) => [errorType, String(tally)]);
  return { bench, counts: bench.counts, own: bench.counts.own, operations, failures };
}

test('records are created, given and exported', async () => {
  const { bench, counts, own, operations } = startCounting();
  write(bench.addPipeline(), 1, 2);
  const attempt = await bench.nextAttempt();
  const during = [counts.createdRecords, own.givenRecords, own.exportedRecords];
  assert.equal([...during, own.inflightRecords], [2, 2, 0, 2]);

  attempt.end({ ...ACCEPTED, status: 200 } as Outcome);
  await turn();

  const after = [counts.createdRecords, own.givenRecords, own.exportedRecords];
  assert.equal([...after, own.inflightRecords], [2, 2, 2, 0]);
  const [{ durationMs, ...operation }, ...more] = operations as [Operation, ...Operation[]];
  assert.ok(durationMs >= 0 && more.length === 0);
  assert.equal(operation, { isReplayed: false, errorType: undefined, status: 200 });
});

test('a batch that is sent again counts once, and its time is that of all attempts', async () => {
  const { bench, own, operations } = startCounting();
  write(bench.addPipeline(), 1);
  (await bench.nextAttempt()).end(AWAY);
  await turn();
  assert.equal([own.givenRecords, own.inflightRecords], [1, 1]);
  await new Promise(resolve => setTimeout(resolve, 30));

  bench.requestFlush();
  (await bench.nextAttempt()).end(ACCEPTED);
  await turn();

  assert.equal([own.givenRecords, own.exportedRecords, own.inflightRecords], [1, 1, 0]);
  assert.is(operations.length, 1);
  assert.ok(operations[0]!.durationMs >= 29);
});

test('of a batch that is split, the record to blame fails and the others are exported', async () => {
  const { bench, own, operations, failures } = startCounting();
  write(bench.addPipeline(), 'good', 'bad', 'fine');

  for (let i = 0; i < 5; i++) {
    const attempt = await bench.nextAttempt();
    attempt.end(attempt.bodies.includes('bad') ? REFUSED : ({ ...ACCEPTED, status: 200 } as never));
  }
  await turn();

  assert.is(own.exportedRecords, 2);
  assert.equal(failures(), [['400', '1 INFO']]);
  // The one that tells of it.
  assert.equal([own.givenRecords, own.inflightRecords], [4, 1]);
  assert.equal(
    operations.map(({ errorType, status }) => [errorType, status]),
    [['400', 400]],
  );
});

for (const [rejectedRecords, exported, rejected] of [
  [2, 1, '2 of unknown level'],
  [99, 0, '3 of unknown level'],
] as const) {
  test(`of three records of which ${rejectedRecords} are rejected, ${exported} are exported`, async () => {
    const { bench, own, operations, failures } = startCounting();
    write(bench.addPipeline(), 1, 2, 3);

    const outcome = { kind: 'accepted', status: 200, rejectedRecords, message: 'old' } as const;
    (await bench.nextAttempt()).end(outcome);
    await turn();

    assert.is(own.exportedRecords, exported);
    assert.equal(failures(), [['rejected', rejected]]);
    // The one that tells of it.
    assert.equal([own.givenRecords, own.inflightRecords], [4, 1]);
    assert.is(operations[0]!.errorType, 'rejected');
  });
}

test('a request that cannot be made fails without a status', async () => {
  const { bench, failures, operations } = startCounting();
  write(bench.addPipeline(), 1);

  const reason = 'Invalid character in header content';
  (await bench.nextAttempt()).end({ kind: 'refused', reason, mayBeOneRecord: false });
  await turn();

  assert.equal(failures(), [['_OTHER', '1 INFO']]);
  assert.is(operations[0]!.status, undefined);
});

test('what a full queue drops in an outage is created and never given', async () => {
  const { bench, counts, own } = startCounting({ maxMemoryBytes: 2_000 });
  const pipeline = bench.addPipeline();
  write(pipeline, 1);
  (await bench.nextAttempt()).end({ ...AWAY, retryAfterMs: 3_600_000 });
  await turn();

  for (let i = 0; i < 100; i++) {
    write(pipeline, 'x'.repeat(100));
    bench.exporter.step();
  }

  const dropped = counts.drops.get('queue_full')!;
  assert.ok(dropped.total > 50);
  assert.equal([...dropped.counts.keys()], ['INFO']);
  assert.is(counts.createdRecords, 101);
  assert.is(own.givenRecords + counts.queue.waitingRecords + dropped.total, 101);
});

test('what a dead process left is counted apart, and not as created', async () => {
  const taken: RecordList[] = [];
  let left = 2;
  const current = {
    resource: new Uint8Array(0),
    take(records: RecordList) {
      const page = Buffer.from([0x2a, 0x02, 0x18, 0x07]);
      for (; left > 0; left--) records.add(page, 0, page.length, new Uint8Array(0));
    },
    settle: (records: RecordList) => void taken.push(records),
  };
  const replay = {
    get current() {
      return taken.length === 0 ? current : undefined;
    },
    finish() {},
    abandon() {},
  };
  const { bench, counts, operations } = startCounting({ replay });
  bench.exporter.step();

  const attempt = await bench.nextAttempt();
  assert.equal(attempt.bodies, [7, 7]);
  attempt.end(ACCEPTED);
  await turn();

  assert.equal([counts.createdRecords, counts.own.givenRecords], [0, 0]);
  assert.is(counts.replayed.exportedRecords, 2);
  assert.is(operations[0]!.isReplayed, true);
});

test.run();
