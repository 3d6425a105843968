import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createMeter, type MeterOptions } from '../../src/metrics/meter.js';
import { DeliveryCounts } from '../../src/pipeline/delivery-counts.js';
import type { Outcome } from '../../src/pipeline/retry.js';
import { SeverityTally } from '../../src/pipeline/severity-tally.js';
import { ERROR, INFO } from '../../src/severity.js';
import { MetricTotals } from '../helpers/metric-totals.js';
import { decodeMetrics, type ReceivedMetric } from '../receiver/received-metric.js';

const test = suite('metrics/meter');

const ACCEPTED: Outcome = { kind: 'accepted', rejectedRecords: 0, message: '' };
const AWAY: Outcome = { kind: 'retryable', reason: 'away' };
const CREATED = 'otel.sdk.log.created';
const PROCESSED = 'otel.sdk.processor.log.processed';
const EXPORTED = 'otel.sdk.exporter.log.exported';
const HOUR_MS = 3_600_000;

function startMeter(options: Partial<MeterOptions> = {}) {
  const counts = new DeliveryCounts();
  const queue = { addedRecords: 0, waitingRecords: 0 };
  counts.queue = queue;
  const told: ReceivedMetric[][] = [];
  const outcomes: Outcome[] = [];
  const meter = createMeter({
    attributes: { 'service.name': 'worker', 'process.tags': ['a', 'b'] },
    startedAtUnixMs: 1_700_000_000_123,
    counts,
    logsUrl: 'https://[::1]/v1/logs',
    intervalMs: HOUR_MS,
    temporality: 'cumulative',
    async send(body) {
      told.push(decodeMetrics(body));
      return outcomes.shift() ?? ACCEPTED;
    },
    ...options,
  });
  return { meter, counts, queue, told, outcomes };
}

function tally(...severities: number[]): SeverityTally {
  const records = new SeverityTally();
  for (const severity of severities) records.add(severity);
  return records;
}

const createdOf = (metrics: ReceivedMetric[]) =>
  metrics.find(({ name }) => name === CREATED)!.points[0]!;

test('what failed is told by cause and severity; where that is unknown, by cause alone', async () => {
  const { meter, counts, told } = startMeter();
  counts.dropFull(tally(INFO, INFO, ERROR));
  counts.dropUnreadable(SeverityTally.ofUnknown(4));
  counts.own.give(2);
  counts.own.fail('413', tally(ERROR));

  await meter.flush();

  const totals = new MetricTotals(told[0]!);
  assert.equal(totals.bySeverity(PROCESSED, 'queue_full'), { INFO: 2, ERROR: 1 });
  assert.equal(totals.bySeverity(PROCESSED, 'spool_unreadable'), { unknown: 4 });
  assert.equal(totals.bySeverity(EXPORTED, '413'), { ERROR: 1 });
  assert.is(totals.sum(CREATED), 3);
  assert.is(totals.sum(PROCESSED, { 'error.type': undefined }), 2);
  assert.is(totals.sum('otel.sdk.exporter.log.inflight'), 1);
});

test('what dead processes left has an exporter of its own, once there is any', async () => {
  const { meter, counts, told } = startMeter();
  await meter.flush();
  counts.replayed.give(3);
  counts.replayed.export(3);

  await meter.flush();

  const replay = { 'otel.component.name': 'otlp_http_log_exporter/replay' };
  assert.is(new MetricTotals(told[0]!).points(EXPORTED, replay).length, 0);
  assert.is(new MetricTotals(told[1]!).sum(EXPORTED, replay), 3);
  assert.is(new MetricTotals(told[1]!).sum(PROCESSED), 0);
});

test('the server is told as an address without brackets, and the port of its scheme', async () => {
  const { meter, told } = startMeter();

  await meter.flush();

  const { attributes } = new MetricTotals(told[0]!).points(EXPORTED)[0]!;
  assert.is(attributes['server.address'], '::1');
  assert.is(attributes['server.port'], 443);
});

test('the resource is the one given, lists included', async () => {
  const { meter, told } = startMeter();

  await meter.flush();

  const expected = { 'service.name': 'worker', 'process.tags': ['a', 'b'] };
  assert.equal(told[0]![0]!.resource, expected);
});

test('sums count since the exporter thread began, and not since they were first told', async () => {
  const { meter, told } = startMeter();

  await meter.flush();
  await meter.flush();

  for (const metrics of told) {
    for (const { points } of metrics) {
      for (const point of points) assert.is(point.startTimeUnixNano, 1_700_000_000_123_000_000n);
    }
  }
});

test('a sum nobody took is not sent again beside a later one', async () => {
  const { meter, queue, told, outcomes } = startMeter();
  outcomes.push(AWAY);
  queue.addedRecords = 1;
  await meter.flush();
  queue.addedRecords = 3;

  await meter.flush();

  assert.equal(
    told.map(metrics => createdOf(metrics).value),
    [1, 3],
  );
});

test('a difference nobody took is sent again before the next', async () => {
  const { meter, queue, told, outcomes } = startMeter({ temporality: 'delta' });
  outcomes.push(AWAY, AWAY);
  for (const addedRecords of [1, 3, 7]) {
    queue.addedRecords = addedRecords;
    await meter.flush();
  }

  // At the second time the first fails again, and the second waits.
  const values = told.map(metrics => createdOf(metrics).value);
  assert.equal(values, [1, 1, 1, 2, 4]);
  const times = told.slice(2).map(createdOf);
  assert.is(times[1]!.startTimeUnixNano, times[0]!.timeUnixNano);
  assert.is(times[2]!.startTimeUnixNano, times[1]!.timeUnixNano);
});

test('a difference that is refused is not sent again', async () => {
  const { meter, queue, told, outcomes } = startMeter({ temporality: 'delta' });
  outcomes.push({ kind: 'refused', reason: 'HTTP 404', mayBeOneRecord: false });
  for (const addedRecords of [1, 3]) {
    queue.addedRecords = addedRecords;
    await meter.flush();
  }

  assert.equal(
    told.map(metrics => createdOf(metrics).value),
    [1, 2],
  );
});

for (const [temporality, sums, histograms] of [
  ['cumulative', 'cumulative', 'cumulative'],
  ['delta', 'delta', 'delta'],
  ['lowmemory', 'cumulative', 'delta'],
] as const) {
  test(`with ${temporality}, sums are ${sums}, histograms ${histograms}, and levels are never differences`, async () => {
    const { meter, told } = startMeter({ temporality });
    const operation = { isReplayed: false, errorType: undefined, status: 200 };
    meter.record({ ...operation, durationMs: 250 });

    await meter.flush();

    const used = Object.fromEntries(told[0]!.map(each => [each.name, each.temporality]));
    assert.is(used[CREATED], sums);
    assert.is(used['otel.sdk.processor.log.queue.size'], 'cumulative');
    assert.is(used['otel.sdk.exporter.operation.duration'], histograms);
    const [duration] = new MetricTotals(told[0]!).points('otel.sdk.exporter.operation.duration');
    assert.equal([duration!.value, duration!.count], [0.25, 1]);
  });
}

test.run();
