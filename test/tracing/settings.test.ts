import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { EnvironmentChanges } from '../helpers/child-environment.js';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('tracing/settings');

const OFF = /^$/;
const CASES: readonly (readonly [env: EnvironmentChanges, spans: number, header: RegExp])[] = [
  [{}, 2, /^00-[\da-f]{32}-[\da-f]{16}-01$/],
  [{ OTEL_REGISTER_TRACES: 'off' }, 0, OFF],
  [{ OTEL_TRACES_EXPORTER: 'none' }, 0, OFF],
  [{ OTEL_TRACES_SAMPLER: 'always_off' }, 0, /^00-[\da-f]{32}-[\da-f]{16}-00$/],
  [{ OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' }, 0, /-00$/],
  [{ OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '1' }, 2, /-01$/],
  [{ OTEL_PROPAGATORS: 'none' }, 2, OFF],
  [{ OTEL_PROPAGATORS: 'baggage' }, 2, OFF],
];

for (const [env, spans, header] of CASES) {
  const settings = Object.entries(env).map(entry => entry.join('='));
  test(
    `${settings.join(' ') || 'without a setting'}, a request has ${spans} spans, and a header like ${header}`,
    withCollector(async collector => {
      const { code, stderr } = await runNode({
        script: 'tracing/asks-itself.cjs',
        env: { ...endpointOf(collector), ...env },
      });

      assert.is(stderr.toString(), '');
      assert.is(code, 0);
      assert.is(collector.spans.length, spans);
      const { attributes, traceId } = collector.records[0]!;
      assert.match(String(attributes.traceparent ?? ''), header);
      assert.is(
        traceId === '',
        settings.some(each => /TRACES=off|EXPORTER=none/.test(each)),
      );
    }),
  );
}

test(
  'spans go to the endpoint, with the headers, that are their own',
  withCollector(async collector => {
    await runNode({
      script: 'tracing/asks-itself.cjs',
      env: {
        ...endpointOf(collector),
        OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/v1/traces?own=1`,
        OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'x-tenant=spans',
      },
    });

    const tenants = collector.requests.map(({ path, headers }) => [path, headers['x-tenant']]);
    assert.equal(tenants.sort(), [
      ['/v1/logs', undefined],
      ['/v1/traces?own=1', 'spans'],
    ]);
  }),
);

test.run();
