import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { runNode } from '../helpers/run-node.js';
import { CLIENT, SERVER } from './two-programs.js';

const test = suite('tracing/kinds');

for (const [name, route] of [
  ['express', '/api/users/:id'],
  ['fastify', undefined],
  ['koa', undefined],
] as const) {
  test(
    `the span of a request to ${name} is named by ${route ?? 'its method alone'}`,
    withCollector(async collector => {
      await runNode({
        script: 'tracing/frameworks.cjs',
        args: [name],
        env: endpointOf(collector),
      });

      const server = collector.spans.filter(({ kind }) => kind === SERVER);
      assert.is(server.length, 1);
      assert.is(server[0]!.name, route === undefined ? 'GET' : `GET ${route}`);
      assert.is(server[0]!.attributes['http.route'], route);
    }),
  );
}

for (const way of ['by itself', 'terminated', 'process ended']) {
  test(
    `the spans of a worker thread arrive, ended ${way}`,
    withCollector(async collector => {
      const { code, stderr } = await runNode({
        script: 'tracing/worker.cjs',
        args: [way],
        env: endpointOf(collector),
      });

      assert.is(stderr.toString(), '');
      assert.is(code, 0);
      const client = collector.spans.find(({ kind }) => kind === CLIENT)!;
      const server = collector.spans.find(({ kind }) => kind === SERVER)!;
      assert.is(server.parentSpanId, client.spanId);
      const line = collector.records.find(({ body }) => body === 'in worker')!;
      assert.is(line.spanId, server.spanId);
    }),
  );
}

test.run();
