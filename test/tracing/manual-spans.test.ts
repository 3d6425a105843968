import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ReceivedSpan } from '../../src/receiver/received-span.js';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';
import { SERVER } from './two-programs.js';

const test = suite('tracing/manual-spans');

for (const name of ['api-1.9', '@opentelemetry/api']) {
  test(
    `spans made through ${name} arrive, though nothing is registered and the process exits at once`,
    withCollector(async collector => {
      const { code, stderr } = await runNode({
        script: 'tracing/manual.cjs',
        args: [name],
        env: endpointOf(collector),
      });

      assert.is(stderr.toString(), '');
      assert.is(code, 0);
      const named = (wanted: string) => collector.spans.find(span => span.name === wanted)!;
      const line = (wanted: string) => collector.records.find(({ body }) => body === wanted)!;
      const server = collector.spans.find(({ kind }) => kind === SERVER)!;
      const charge = named('charge');
      assert.equal(
        [charge.traceId, charge.parentSpanId, charge.kind, charge.statusCode],
        [server.traceId, server.spanId, 4, 2],
      );
      assert.equal([charge.scope.name, charge.scope.version], ['billing', '1.2.3']);
      assert.is(charge.attributes.amount, 42);
      assert.equal(idsOf(line('charging')), idsOf(charge));
      assert.is(line('charging').attributes.span, charge.spanId);
      assert.is(
        line('injected').attributes.traceparent,
        `00-${charge.traceId}-${charge.spanId}-01`,
      );
      const remote = named('remote');
      assert.equal(
        [remote.traceId, remote.parentSpanId],
        ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'],
      );
      assert.equal(idsOf(line('bound')), idsOf(remote));
      assert.equal(idsOf(line('after')), idsOf(charge));
    }),
  );
}

function idsOf({ traceId, spanId }: Pick<ReceivedSpan, 'traceId' | 'spanId'>): string[] {
  return [traceId, spanId];
}

test.run();
