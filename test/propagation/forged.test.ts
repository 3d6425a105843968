import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('propagation/forged');

const WAYS = ['list', 'expect', 'object', 'fetch'];

for (const OTEL_REGISTER_TRACES of ['auto', 'off']) {
  test(
    `with traces ${OTEL_REGISTER_TRACES}, no message ends a header, or takes one of the program's away`,
    withCollector(async collector => {
      const { stdout, stderr, code } = await runNode({
        script: 'propagation/forged.cjs',
        env: { ...endpointOf(collector), OTEL_REGISTER_TRACES },
      });

      assert.is(code, 0, stderr.toString());
      const lines = stdout.toString().toLowerCase().trimEnd().split('\n');
      const bare = lines.map(line => line.replace(/^( {2}baggage: own=1;q)(?:,a=1)?,b=2$/, '$1'));
      assert.equal(
        bare,
        Array(5)
          .fill(WAYS.flatMap(way => [way, '  a: 1', '  baggage: own=1;q']))
          .flat(),
      );
    }),
  );
}

test.run();
