import { readdirSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { absentEndpoint } from '../helpers/away.js';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';
import { temporaryFolder } from '../helpers/spool.js';
import type { Behaviour } from '../receiver/behaviour.js';
import { METRICS_PATH } from '../receiver/received-request.js';
import { createReceiver, type Receiver } from '../receiver/receiver.js';

// Metrics about ourselves cost an ending program next to no time.

const test = suite('preload/metrics-exit');

const ON = { OTEL_METRICS_EXPORTER: 'otlp' };

/** Lives so long, and tells how long its end took and what it said. */
async function end(livesMs: number, env: Record<string, string>) {
  const { stdout, stderr, durationMs, code } = await runNode({
    script: 'delivery/live-for.cjs',
    args: [String(livesMs)],
    env: { ...ON, ...env },
  });
  assert.is(code, 0);
  return {
    endMs: durationMs - Number(stdout.toString().split('\n')[1]),
    stderr: stderr.toString(),
  };
}

/** A collector whose metrics have a server of their own that behaves like that. */
async function withMetrics(
  behaviour: Behaviour,
  run: (metrics: Receiver, env: Record<string, string>) => Promise<void>,
): Promise<void> {
  const metrics = await createReceiver({ behaviour });
  try {
    await run(metrics, { OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${metrics.url}/v1/metrics` });
  } finally {
    await metrics.close();
  }
}

test(
  'metrics that are never answered are waited for a small part of the exit timeout',
  withCollector(collector =>
    withMetrics({ hang: true }, async (metrics, env) => {
      const spool = temporaryFolder();
      const { endMs, stderr } = await end(0, {
        ...endpointOf(collector),
        ...env,
        OTEL_REGISTER_SPOOL_DIR: spool,
        OTEL_REGISTER_EXIT_TIMEOUT_MS: '20000',
      });

      assert.ok(endMs < 6_000, `took ${endMs} ms`);
      assert.is(stderr, '');
      assert.is(collector.records.length, 1);
      assert.is(metrics.requests.length, 1);
      const left = readdirSync(spool, { recursive: true, withFileTypes: true });
      assert.equal(
        left.filter(entry => entry.isFile()).map(({ name }) => name),
        [],
      );
    }),
  ),
);

test(
  'where metrics are known not to be answered, they are not waited for',
  withCollector(collector =>
    withMetrics({ hang: true }, async (metrics, env) => {
      const { endMs } = await end(1_500, {
        ...endpointOf(collector),
        ...env,
        OTEL_METRIC_EXPORT_INTERVAL: '300',
        OTEL_EXPORTER_OTLP_METRICS_TIMEOUT: '200',
        OTEL_REGISTER_EXIT_TIMEOUT_MS: '20000',
      });

      assert.ok(endMs < 2_000, `took ${endMs} ms`);
      assert.is(collector.records.length, 1);
      assert.ok(metrics.requests.length > 0);
    }),
  ),
);

for (const [what, behaviour] of [
  ['refuses them with 404', { status: 404 }],
  ['answers 503', { status: 503 }],
  ['cuts the connection', { drop: 'body' }],
] as [string, Behaviour][]) {
  test(
    `a collector that ${what} costs neither records nor time`,
    withCollector(collector =>
      withMetrics(behaviour, async (metrics, env) => {
        const { endMs, stderr } = await end(0, {
          ...endpointOf(collector),
          ...env,
          OTEL_REGISTER_EXIT_TIMEOUT_MS: '20000',
        });

        assert.ok(endMs < 4_000, `took ${endMs} ms`);
        assert.is(collector.records.length, 1);
        const refused = `Metrics about ourselves are refused by ${metrics.url}/v1/metrics (HTTP 404).`;
        assert.is(stderr, behaviour.status === 404 ? `otel-register: ${refused}\n` : '');
      }),
    ),
  );
}

test('nobody is asked for metrics where nobody takes records', async () => {
  const { endMs, stderr } = await end(0, {
    ...(await absentEndpoint()),
    OTEL_REGISTER_EXIT_TIMEOUT_MS: '20000',
  });

  assert.ok(endMs < 2_000, `took ${endMs} ms`);
  assert.is(stderr, '');
});

test(
  'a collector that puts records off is sent no metrics at the end',
  withCollector(
    async collector => {
      await end(0, endpointOf(collector));

      assert.ok(collector.requests.length > 0);
      assert.ok(collector.requests.every(({ path }) => path !== METRICS_PATH));
    },
    { behaviour: { status: 503 } },
  ),
);

test(
  'metrics with a server of their own are sent, although the records have none',
  withCollector(async metrics => {
    await end(0, {
      ...(await absentEndpoint()),
      OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${metrics.url}/v1/metrics`,
    });

    const inflight = metrics.metrics.find(({ name }) => name === 'otel.sdk.exporter.log.inflight');
    assert.is(inflight!.points[0]!.value, 1);
  }),
);

test(
  'an exit timeout of zero leaves no time for metrics',
  withCollector(async collector => {
    await end(1_000, {
      ...endpointOf(collector),
      OTEL_BLRP_SCHEDULE_DELAY: '0',
      OTEL_REGISTER_EXIT_TIMEOUT_MS: '0',
    });

    assert.is(collector.records.length, 1);
    assert.ok(collector.requests.every(({ path }) => path !== METRICS_PATH));
  }),
);

test.run();
