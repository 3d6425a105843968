import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { FIXTURES } from '../helpers/repository.js';
import { runNode } from '../helpers/run-node.js';
import type { ReceivedMetric } from '../receiver/received-metric.js';
import { METRICS_PATH } from '../receiver/received-request.js';
import type { Condition, Receiver } from '../receiver/receiver.js';

const test = suite('preload/metrics-interval');

const CREATED = 'otel.sdk.log.created';

/** A program that logs all the time, until the condition holds; it then ends by SIGTERM. */
async function logUntil(
  collector: Receiver,
  condition: Condition,
  env: Record<string, string> = {},
): Promise<void> {
  let child: ChildProcess | undefined;
  const run = runNode({
    script: 'delivery/lines-until-killed.cjs',
    env: {
      ...endpointOf(collector),
      OTEL_METRICS_EXPORTER: 'otlp',
      OTEL_METRIC_EXPORT_INTERVAL: '150',
      OTEL_BLRP_SCHEDULE_DELAY: '20',
      ...env,
    },
    onSpawn: spawned => {
      child = spawned;
    },
  });
  try {
    await collector.waitFor(condition, 30_000);
  } finally {
    child!.kill('SIGTERM');
  }
  const { signal, stderr } = await run;
  assert.is(signal, 'SIGTERM');
  assert.is(stderr.toString(), '');
}

const hasTold = (times: number) => (receiver: Receiver) =>
  receiver.requests.filter(({ path, status }) => path === METRICS_PATH && status === 200).length >=
  times;

function allOf(collector: Receiver, name: string): readonly ReceivedMetric[] {
  return collector.metrics.filter(metric => metric.name === name);
}

test(
  'totals are told at each interval, and last at the end',
  withCollector(async collector => {
    await logUntil(collector, hasTold(4));

    const told = allOf(collector, CREATED).map(({ points }) => points[0]!);
    assert.ok(told.length >= 5, `told ${told.length} times`);
    for (const [index, { value, startTimeUnixNano }] of told.entries()) {
      assert.is(startTimeUnixNano, told[0]!.startTimeUnixNano);
      if (index > 0) assert.ok(value >= told[index - 1]!.value);
    }
    assert.is(told.at(-1)!.value, collector.records.length);
  }),
);

test(
  'differences follow on each other without a gap, and add up',
  withCollector(async collector => {
    await logUntil(collector, hasTold(4), {
      OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'delta',
    });

    const told = allOf(collector, CREATED);
    const points = told.map(metric => metric.points[0]!);
    for (const [index, { startTimeUnixNano }] of points.entries()) {
      assert.is(told[index]!.temporality, 'delta');
      if (index > 0) assert.is(startTimeUnixNano, points[index - 1]!.timeUnixNano);
    }
    const sum = points.reduce((total, { value }) => total + value, 0);
    assert.is(sum, collector.records.length);
    assert.is(allOf(collector, 'otel.sdk.exporter.log.inflight')[0]!.temporality, 'cumulative');
  }),
);

test(
  'differences nobody took are told again',
  withCollector(async collector => {
    await logUntil(
      collector,
      ({ requests }) => {
        const tries = requests.filter(({ path }) => path === METRICS_PATH);
        // Records and metrics take turns in failing for a while.
        collector.behave(tries.length > 0 && tries.length < 4 ? { status: 503 } : {});
        return tries.filter(({ status }) => status === 200).length >= 6;
      },
      { OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'delta' },
    );

    assert.ok(
      collector.requests.some(({ status, path }) => status === 503 && path === METRICS_PATH),
    );
    const sum = allOf(collector, CREATED).reduce((total, each) => total + each.points[0]!.value, 0);
    assert.is(sum, collector.records.length);
  }),
);

test(
  'an exporter thread in place of a dead one counts anew, since a later time',
  withCollector(async collector => {
    await runNode({
      script: 'delivery/exporter-dies.cjs',
      args: ['terminated'],
      nodeArgs: ['--require', join(FIXTURES, 'delivery/catch-exporter.cjs')],
      env: {
        ...endpointOf(collector),
        OTEL_METRICS_EXPORTER: 'otlp',
        OTEL_METRIC_EXPORT_INTERVAL: '100',
      },
    });

    const told = allOf(collector, CREATED).map(({ points }) => points[0]!);
    const first = told[0]!.startTimeUnixNano;
    const last = told.at(-1)!;
    assert.ok(last.startTimeUnixNano > first);
    assert.is(last.value, 1);
    assert.equal(
      collector.records.map(({ body }) => body),
      ['before', 'after'],
    );
  }),
);

test.run();
