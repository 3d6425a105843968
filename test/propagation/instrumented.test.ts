import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('propagation/instrumented');

for (const [tracer, headers, extracted] of [
  ['my-queue', ['traceparent', 'baggage'], 'forged'],
  ['@opentelemetry/instrumentation-http', ['traceparent'], null],
  ['@opentelemetry/instrumentation-undici', ['traceparent'], null],
] as const) {
  test(
    `through our propagator ${tracer} passes ${headers.join(' and ')}`,
    withCollector(async collector => {
      const { stdout, stderr } = await runNode({
        script: 'propagation/injects.cjs',
        args: [tracer],
        env: endpointOf(collector),
      });

      assert.is(stderr.toString(), '');
      assert.equal(JSON.parse(stdout.toString()), [headers, extracted, true]);
    }),
  );
}

test.run();
