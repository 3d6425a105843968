import type { ChildProcess } from 'node:child_process';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withCollector } from '../helpers/collector.js';
import { MetricTotals } from '../helpers/metric-totals.js';
import { runNode } from '../helpers/run-node.js';
import { createReceiver, type Receiver } from '../receiver/receiver.js';

const test = suite('preload/metrics-losses');

const CREATED = 'otel.sdk.log.created';
const PROCESSED = 'otel.sdk.processor.log.processed';
const EXPORTED = 'otel.sdk.exporter.log.exported';
const LEVELS = ['DEBUG', 'INFO', 'WARN', 'ERROR'];

/** Without a spool, and with little memory. */
function environmentOf(collector: Receiver, metrics = collector): Record<string, string> {
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${metrics.url}/v1/metrics`,
    OTEL_METRICS_EXPORTER: 'otlp',
    OTEL_REGISTER_SPOOL: 'off',
    OTEL_REGISTER_MAX_MEMORY_BYTES: '65536',
    OTEL_REGISTER_EXIT_TIMEOUT_MS: '20000',
  };
}

function isOfLoss({ body }: Receiver['records'][number]): boolean {
  return String(body).startsWith('Log records were lost');
}

/** What the WARN records say of losses: level to records. */
function toldLosses(collector: Receiver): Record<string, number> {
  const told: Record<string, number> = {};
  for (const { attributes } of collector.records.filter(isOfLoss)) {
    for (const level of LEVELS) {
      const records = attributes[`otel_register.lost.${level.toLowerCase()}`];
      if (records !== undefined) told[level] = (told[level] ?? 0) + Number(records);
    }
  }
  return told;
}

test(
  'what an outage cost is told by severity, and not a record is unaccounted for',
  withCollector(
    async collector => {
      let child: ChildProcess | undefined;
      const run = runNode({
        script: 'delivery/levels-until-killed.cjs',
        env: environmentOf(collector),
        onSpawn: spawned => {
          child = spawned;
        },
      });
      try {
        await collector.waitFor(({ requests }) => requests.length >= 2, 30_000);
        collector.behave({});
        await collector.waitFor(({ records }) => records.some(isOfLoss), 30_000);
      } finally {
        child!.kill('SIGTERM');
      }
      const { stdout, stderr } = await run;

      const linesOnStderr = stderr
        .toString()
        .split('\n')
        .filter(line => /^x+$/.test(line));
      const logged = stdout.toString().trimEnd().split('\n').length + linesOnStderr.length;
      const totals = new MetricTotals(collector.metrics);
      const dropped = totals.bySeverity(PROCESSED, 'queue_full');
      assert.equal(dropped, toldLosses(collector));
      assert.ok(dropped.DEBUG! > 0 && dropped.INFO! > 0, JSON.stringify(dropped));
      assert.is(totals.sum(CREATED), logged + collector.records.filter(isOfLoss).length);
      assert.is(totals.sum(PROCESSED), totals.sum(CREATED));
      assert.is(totals.sum(EXPORTED, { 'error.type': undefined }), collector.records.length);
      assert.is(totals.sum(EXPORTED), collector.records.length);
    },
    { behaviour: { status: 503 } },
  ),
);

test(
  'what found no room behind a slow collector is told, without the severity nobody knows',
  withCollector(async collector => {
    collector.behave({ delayMs: 3_000 }, 1);
    const count = 16 * 1024;
    const { stderr } = await runNode({
      args: ['-e', `for (let i = 0; i < ${count}; i++) console.log('${'x'.repeat(1000)}', i)`],
      env: environmentOf(collector),
      stdio: 'file',
    });

    assert.match(stderr.toString(), /dropped \(\d+ of unknown level so far\)/);
    const totals = new MetricTotals(collector.metrics);
    const { unknown, ...known } = totals.bySeverity(PROCESSED, 'queue_full');
    assert.equal(known, {});
    assert.ok(unknown! > 0);
    assert.is(collector.records.filter(record => !isOfLoss(record)).length, count - unknown!);
    assert.is(totals.sum(CREATED), unknown! + collector.records.length);
    assert.is(totals.sum(EXPORTED), collector.records.length);
  }),
);

for (const [status, requests] of [
  [400, 5],
  [401, 1],
] as const) {
  test(
    `records refused with ${status} are told with that, by severity`,
    withCollector(
      async collector => {
        const metrics = await createReceiver();
        try {
          await runNode({
            script: 'delivery/three-lines-then-7.cjs',
            env: environmentOf(collector, metrics),
          });

          const totals = new MetricTotals(metrics.metrics);
          assert.equal(totals.bySeverity(EXPORTED, String(status)), { INFO: 2, ERROR: 1 });
          assert.is(totals.sum(EXPORTED, { 'error.type': undefined }), 0);
          assert.is(totals.sum(PROCESSED, { 'error.type': undefined }), 3);
          // One operation, in however many requests.
          assert.is(collector.requests.length, requests);
          const failed = { 'error.type': String(status), 'http.response.status_code': status };
          const [operation] = totals.points('otel.sdk.exporter.operation.duration', failed);
          assert.is(operation!.count, 1);
        } finally {
          await metrics.close();
        }
      },
      { behaviour: { status } },
    ),
  );
}

test(
  'records rejected by a collector that takes the others are told apart',
  withCollector(async collector => {
    const partialSuccess = { rejectedLogRecords: 2, errorMessage: 'too old' };
    collector.behave({ partialSuccess }, 1);

    await runNode({
      script: 'delivery/three-lines-then-7.cjs',
      env: environmentOf(collector),
    });

    const totals = new MetricTotals(collector.metrics);
    assert.equal(totals.bySeverity(EXPORTED, 'rejected'), { unknown: 2 });
    assert.is(totals.sum(PROCESSED), totals.sum(CREATED));
    // The record that tells of the loss may come after the metrics.
    const exported = totals.sum(EXPORTED, { 'error.type': undefined });
    const tellsOfLoss = collector.records.filter(isOfLoss).length;
    assert.ok(exported === 1 || exported === 1 + tellsOfLoss, `${exported} exported`);
  }),
);

test.run();
