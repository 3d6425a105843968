import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('preload/call-sites-hostile');

for (const what of [
  'sets prepareStackTrace',
  'sets one that throws',
  'makes prepareStackTrace a getter',
  'makes prepareStackTrace read-only',
  'sets stackTraceLimit to 0',
  'sets stackTraceLimit to 1',
  'deletes stackTraceLimit',
  'makes stackTraceLimit a getter',
  'freezes Error',
  'replaces Error',
  'replaces captureStackTrace',
  'replaces what makes realms',
  'breaks built-ins',
]) {
  test(
    `a program that ${what} sees nothing of it, and its call sites are right`,
    withCollector(async collector => {
      const options = { script: 'call-sites/hostile-error.cjs', args: [what] };
      const without = await runNode({ ...options, preload: false });
      const result = await runNode({ ...options, env: endpointOf(collector) });

      assert.is(result.stdout.toString(), without.stdout.toString());
      assert.is(result.stderr.toString(), without.stderr.toString());
      assert.is(result.code, 0);
      const records = collector.records.filter(({ body }) => body === '37 fails');
      const places = records.map(({ attributes }) => [
        attributes['code.line.number'],
        attributes['code.function.name'],
      ]);
      assert.equal(places, [
        [37, 'fails'],
        [37, 'fails'],
      ]);
    }),
  );
}

test(
  'where the stack is all but used up, records go without, and later ones do not',
  withCollector(async collector => {
    const { stdout, code } = await runNode({
      script: 'call-sites/deep.cjs',
      // Fewer lines until it is used up.
      nodeArgs: ['--stack-size=400'],
      env: endpointOf(collector),
    });

    assert.is(stdout.toString(), 'true\ntrue\n');
    assert.is(code, 0);
    const errors = collector.records.filter(({ severityText }) => severityText === 'ERROR');
    const places = errors.map(({ body, attributes }) => [
      body,
      attributes['code.line.number'],
      attributes['code.function.name'],
    ]);
    assert.equal(places.pop(), ['12 after', 12, 'after']);
    const wrong = places.filter(
      ([body, line, name]) =>
        body !== 'deep' || !((line === 7 && name === 'descend') || line === undefined),
    );
    assert.equal(wrong, []);
    assert.ok(places.length > 100);
  }),
);

test.run();
