import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('tracing/hostile-spans');

const script = 'tracing/hostile.cjs';

test(
  'what a program gives to its spans throws nothing that it does not throw without us',
  withCollector(async collector => {
    const [ours, bare] = await Promise.all([
      runNode({ script, env: endpointOf(collector) }),
      runNode({ script, preload: false }),
    ]);

    assert.is(String(ours.stdout), String(bare.stdout));
    assert.is(String(ours.stderr), '');
    assert.is(ours.code, 0);
    const names = collector.spans.map(({ name }) => name);
    assert.is(names.filter(name => name === 'given').length, 7);
    assert.is(collector.spans.filter(({ attributes }) => attributes.kept === true).length, 1);
    assert.ok(names.filter(name => name === 'changed').length >= 10, `${names}`);
    assert.equal(
      collector.records.map(({ body, traceId }) => [body, traceId]),
      [['line', '']],
    );
  }),
);

test.run();
