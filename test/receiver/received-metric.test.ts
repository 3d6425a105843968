import { ValueType } from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withCollector } from '../helpers/collector.js';
import type { Receiver } from './receiver.js';

const test = suite('receiver/received-metric');

async function sendAll(receiver: Receiver, preference: AggregationTemporality): Promise<void> {
  const exporter = new OTLPMetricExporter({
    url: `${receiver.url}/v1/metrics`,
    temporalityPreference: preference as never,
  });
  const reader = new PeriodicExportingMetricReader({ exporter });
  const resource = resourceFromAttributes({ 'service.name': 'worker' });
  const provider = new MeterProvider({ resource, readers: [reader] });
  const meter = provider.getMeter('pool', '1.2.0');
  const description = 'Jobs done.';
  meter
    .createCounter('jobs', { unit: '{job}', description, valueType: ValueType.INT })
    .add(2 ** 40, { pool: 'heavy' });
  meter.createUpDownCounter('waiting', { valueType: ValueType.INT }).add(-3);
  meter.createGauge('load').record(0.5);
  const histogram = meter.createHistogram('duration', { unit: 's' });
  for (const seconds of [1, 2.5]) histogram.record(seconds);
  await provider.shutdown();
}

test(
  'what OpenTelemetry itself sends is read field by field',
  withCollector(async receiver => {
    await sendAll(receiver, AggregationTemporality.CUMULATIVE);

    const common = {
      scope: { name: 'pool', version: '1.2.0', attributes: {} },
      resource: { 'service.name': 'worker' },
    };
    const told = receiver.metrics.map(({ points, ...metric }) => {
      assert.is(points.length, 1);
      const { startTimeUnixNano, timeUnixNano, ...point } = points[0]!;
      assert.ok(timeUnixNano >= startTimeUnixNano && startTimeUnixNano > 10n ** 18n);
      return { ...metric, ...point };
    });
    const unnamed = { description: '', unit: '', attributes: {}, ...common };
    const sum = { kind: 'sum', temporality: 'cumulative', count: undefined };
    assert.equal(told, [
      {
        ...unnamed,
        ...sum,
        name: 'jobs',
        description: 'Jobs done.',
        unit: '{job}',
        isMonotonic: true,
        attributes: { pool: 'heavy' },
        value: 2 ** 40,
      },
      { ...unnamed, ...sum, name: 'waiting', isMonotonic: false, value: -3 },
      {
        ...unnamed,
        name: 'load',
        kind: 'gauge',
        temporality: 'unspecified',
        isMonotonic: false,
        value: 0.5,
        count: undefined,
      },
      {
        ...unnamed,
        name: 'duration',
        unit: 's',
        kind: 'histogram',
        temporality: 'cumulative',
        isMonotonic: false,
        value: 3.5,
        count: 2,
      },
    ]);
    assert.is(receiver.countRecords(), 0);
  }),
);

test(
  'differences are told from totals',
  withCollector(async receiver => {
    await sendAll(receiver, AggregationTemporality.DELTA);

    assert.equal(
      receiver.metrics.map(({ name, temporality }) => [name, temporality]),
      [
        ['jobs', 'delta'],
        ['waiting', 'cumulative'],
        ['load', 'unspecified'],
        ['duration', 'delta'],
      ],
    );
  }),
);

test.run();
