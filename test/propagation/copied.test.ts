import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('propagation/copied');

for (const OTEL_REGISTER_TRACES of ['auto', 'off']) {
  for (const way of ['redirect', 'proxy', 'proxy in a list', 'proxy by fetch']) {
    test(
      `a program that copies headers (${way}) tells a stranger nothing but its own, with traces ${OTEL_REGISTER_TRACES}`,
      withCollector(async collector => {
        const { stdout, stderr, code } = await runNode({
          script: 'propagation/copies.cjs',
          args: [way],
          env: {
            ...endpointOf(collector),
            OTEL_REGISTER_PROPAGATE_TO: '127.0.0.1',
            OTEL_REGISTER_TRACES,
          },
        });

        assert.is(stderr.toString(), '');
        assert.is(code, 0);
        assert.equal(stdout.toString().trim().split('\n'), [
          'peer mine=1,customer_id=c1',
          'stranger mine=1',
        ]);
      }),
    );
  }
}

test.run();
