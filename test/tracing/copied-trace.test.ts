import { createRequire } from 'node:module';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';
import { CLIENT, SERVER } from './two-programs.js';

const test = suite('tracing/copied-trace');

const TEST_API = createRequire(import.meta.url).resolve('api-1.9');

for (const way of [
  'copying',
  'copying a list',
  'copying by fetch',
  'injecting',
  'injecting by fetch',
]) {
  test(
    `a request that a program makes ${way} is a span between that it serves and the next`,
    withCollector(async collector => {
      const { stdout, stderr, code } = await runNode({
        script: 'tracing/passes-on.cjs',
        args: [way],
        env: { ...endpointOf(collector), TEST_API },
      });

      assert.is(stderr.toString(), '');
      assert.is(code, 0);
      assert.is(stdout.toString(), 'traceparent,tracestate a=1\n');
      const spans = collector.spans;
      const served = (path: string) =>
        spans.find(({ kind, attributes }) => kind === SERVER && attributes['url.path'] === path)!;
      const [made, ...more] = spans.filter(({ kind }) => kind === CLIENT);
      assert.equal(more, []);
      assert.is(served('/proxy').parentSpanId, 'b7ad6b7169203331');
      assert.is(made!.parentSpanId, served('/proxy').spanId);
      assert.is(served('/last').parentSpanId, made!.spanId);
    }),
  );
}

test.run();
