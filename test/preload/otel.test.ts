import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('preload/otel');

for (const name of ['@opentelemetry/api', '@opentelemetry/api-logs']) {
  test(
    `what is emitted through ${name} arrives with its scope, without any SDK`,
    withCollector(async collector => {
      const { code, stderr } = await runNode({
        script: 'otel-preload/emits.cjs',
        args: [name],
        env: endpointOf(collector),
      });

      assert.is(stderr.toString(), '');
      assert.is(code, 0);
      const seen = collector.records.map(({ scope, body, severityText, attributes }) => ({
        scope: [scope.name, scope.version],
        body,
        severityText,
        attributes,
      }));
      assert.equal(seen, [
        {
          scope: ['billing', '1.2.3'],
          body: 'paid',
          severityText: 'WARN',
          attributes: { amount: 42 },
        },
      ]);
    }),
  );
}

test(
  'what an api emits with fields in its body and its attributes arrives',
  withCollector(async collector => {
    const { code } = await runNode({
      script: 'otel-preload/nested.cjs',
      env: endpointOf(collector),
    });

    assert.is(code, 0);
    assert.equal(
      collector.records.map(({ body, attributes }) => [body, attributes]),
      [
        [{ a: { b: [1, 'x'] } }, {}],
        ['nested', { outer: { inner: [{ n: 1 }] } }],
      ],
    );
  }),
);

const IN_SPAN = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331', 1];
const NO_SPAN = ['', '', 0];

for (const name of ['api-1.9', '@opentelemetry/api']) {
  for (const when of ['at once', 'logged before']) {
    for (const preload of ['import', 'require'] as const) {
      test(
        `console records carry the active span of ${name}, registered ${when}, preloaded by --${preload}`,
        withCollector(async collector => {
          const { code, stderr } = await runNode({
            preload,
            script: 'otel-preload/traces.cjs',
            args: [name, when],
            env: endpointOf(collector),
          });

          // Every registration is taken, and the api has nothing to complain about.
          assert.is(stderr.toString(), 'true,true,true,true\ninside later\n');
          assert.is(code, 0);
          const seen = collector.records.map(({ body, traceId, spanId, flags }) => [
            body,
            [traceId, spanId, flags],
          ]);
          assert.equal(seen, [
            ...(when === 'at once' ? [] : [['before', NO_SPAN]]),
            ['inside', IN_SPAN],
            ['outside', NO_SPAN],
            ['inside later', IN_SPAN],
          ]);
        }),
      );
    }
  }
}

test.run();
