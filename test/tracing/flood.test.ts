import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('tracing/flood');

const COUNT = 20_000;

test(
  'spans that outrun their delivery are dropped without a wait, counted, and said once with their sum',
  withCollector(async collector => {
    const { stderr, code } = await runNode({
      script: 'tracing/flood.cjs',
      args: [String(COUNT)],
      env: { ...endpointOf(collector), OTEL_REGISTER_EXIT_TIMEOUT_MS: '20000' },
    });

    const said = stderr.toString();
    assert.is(code, 0);
    const first = /Spans were dropped \((\d+) .*so far\): faster than they could be delivered\./g;
    assert.is([...said.matchAll(first)].length, 1, said);
    const total = /(\d+) spans were dropped in all/.exec(said)?.[1];
    const dropped = Number(total ?? [...said.matchAll(first)][0]![1]);
    assert.ok(dropped > 0);
    assert.is(collector.spans.length + dropped, COUNT, said);
  }),
);

test.run();
