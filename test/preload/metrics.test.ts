import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { EnvironmentChanges } from '../helpers/child-environment.js';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { MetricTotals } from '../helpers/metric-totals.js';
import { type RunResult, runNode } from '../helpers/run-node.js';
import { METRICS_PATH } from '../receiver/received-request.js';
import { createReceiver, type Receiver } from '../receiver/receiver.js';

const test = suite('preload/metrics');

const ON = { OTEL_METRICS_EXPORTER: 'otlp' };

function logLines(collector: Receiver, count: number, env: EnvironmentChanges): Promise<RunResult> {
  return runNode({
    script: 'delivery/many-then-exit.cjs',
    args: [String(count)],
    env: { ...endpointOf(collector), ...env },
  });
}

function toldTo({ requests }: Receiver) {
  return requests.filter(({ path }) => path === METRICS_PATH);
}

test(
  'a short-lived program tells its totals once, after its records',
  withCollector(async collector => {
    const { stderr, code } = await logLines(collector, 500, {
      ...ON,
      OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: '100',
    });

    assert.is(code, 0);
    assert.is(stderr.toString(), '');
    assert.is(collector.records.length, 500);
    assert.is(toldTo(collector).length, 1);
    assert.is(collector.requests.at(-1)!.path, METRICS_PATH);
    const totals = new MetricTotals(collector.metrics);
    for (const [name, value] of [
      ['otel.sdk.log.created', 500],
      ['otel.sdk.processor.log.processed', 500],
      ['otel.sdk.processor.log.queue.size', 0],
      ['otel.sdk.exporter.log.inflight', 0],
      ['otel.sdk.exporter.log.exported', 500],
    ] as const) {
      assert.equal(
        totals.points(name).map(point => point.value),
        [value],
        name,
      );
      assert.is(totals.points(name, { 'error.type': undefined }).length, 1);
    }
    const [operations] = totals.points('otel.sdk.exporter.operation.duration');
    assert.is(operations!.count, collector.requests.length - 1);
    assert.ok(operations!.value > 0 && operations!.value < 30);
  }),
);

test(
  'names, units, kinds and attributes are those of the semantic conventions',
  withCollector(async collector => {
    await logLines(collector, 1, ON);

    const server = { 'server.address': '127.0.0.1', 'server.port': collector.port };
    const processor = component('batching_log_processor');
    const exporter = { ...component('otlp_http_log_exporter'), ...server };
    const http = { 'http.response.status_code': 200 };
    assert.equal(
      collector.metrics.map(({ name, unit, kind, isMonotonic, points }) => [
        name,
        unit,
        kind,
        isMonotonic,
        points[0]!.attributes,
      ]),
      [
        ['otel.sdk.log.created', '{log_record}', 'sum', true, {}],
        ['otel.sdk.processor.log.processed', '{log_record}', 'sum', true, processor],
        ['otel.sdk.processor.log.queue.size', '{log_record}', 'sum', false, processor],
        ['otel.sdk.exporter.log.inflight', '{log_record}', 'sum', false, exporter],
        ['otel.sdk.exporter.log.exported', '{log_record}', 'sum', true, exporter],
        ['otel.sdk.exporter.operation.duration', 's', 'histogram', false, { ...exporter, ...http }],
      ],
    );
  }),
);

test(
  'they have the resource of the records, and a time that counts from before the first of them',
  withCollector(async collector => {
    await logLines(collector, 1, {
      ...ON,
      OTEL_SERVICE_NAME: 'worker',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=staging',
    });

    for (const { resource, scope, temporality, points } of collector.metrics) {
      assert.equal(resource, collector.records[0]!.resource);
      assert.is(scope.name, '@emp/otel-register');
      assert.is(temporality, 'cumulative');
      for (const { startTimeUnixNano, timeUnixNano } of points) {
        assert.ok(startTimeUnixNano < timeUnixNano);
      }
    }
    assert.is(collector.metrics[0]!.resource['service.name'], 'worker');
  }),
);

for (const [exporter, said] of [
  [undefined, /^$/],
  ['none', /^$/],
  ['prometheus', /^otel-register: OTEL_METRICS_EXPORTER="prometheus" is not .*; using none\.\n$/],
] as const) {
  test(
    `with OTEL_METRICS_EXPORTER=${exporter} none are sent`,
    withCollector(async collector => {
      const { stderr } = await logLines(collector, 5, {
        OTEL_METRICS_EXPORTER: exporter,
        OTEL_METRIC_EXPORT_INTERVAL: '100',
      });

      assert.is(collector.records.length, 5);
      assert.is(toldTo(collector).length, 0);
      assert.match(stderr.toString(), said);
    }),
  );
}

test(
  'a program that logs nothing sends none',
  withCollector(async collector => {
    await logLines(collector, 0, ON);

    assert.is(collector.requests.length, 0);
  }),
);

test(
  'they go below a base path',
  withCollector(async collector => {
    await logLines(collector, 1, { ...ON, OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/base/` });

    // This receiver knows no such path; what it refuses is told of in another request.
    const answers = collector.requests.map(({ path, status }) => `${path} ${status}`);
    assert.equal(new Set(answers), new Set(['/base/v1/logs 404', '/base/v1/metrics 404']));
  }),
);

test(
  'they go to an endpoint of their own, with headers and compression of their own',
  withCollector(async collector => {
    const metrics = await createReceiver();
    try {
      await logLines(collector, 1, {
        ...ON,
        OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${metrics.url}/v1/metrics`,
        OTEL_EXPORTER_OTLP_HEADERS: 'a=shared,b=shared',
        OTEL_EXPORTER_OTLP_METRICS_HEADERS: 'a=own',
        OTEL_EXPORTER_OTLP_METRICS_COMPRESSION: 'gzip',
      });

      assert.equal(
        collector.requests.map(({ path }) => path),
        ['/v1/logs'],
      );
      assert.is(collector.requests[0]!.headers['content-encoding'], undefined);
      assert.is(metrics.requests.length, 1);
      const { a, b, 'content-encoding': encoding } = metrics.requests[0]!.headers;
      assert.equal({ a, b, encoding }, { a: 'own', b: 'shared', encoding: 'gzip' });
      assert.is(new MetricTotals(metrics.metrics).sum('otel.sdk.log.created'), 1);
    } finally {
      await metrics.close();
    }
  }),
);

function component(type: string) {
  return { 'otel.component.type': type, 'otel.component.name': `${type}/0` };
}

test.run();
