import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ReceivedSpan } from '../../src/receiver/received-span.js';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { type RunResult, runNode } from '../helpers/run-node.js';
import { SERVER } from './two-programs.js';

const test = suite('tracing/troubles');

/** `server GET 200 2 aborted`: kind, name, HTTP status, status, and `error.type`. */
const CASES: Readonly<Record<string, readonly string[]>> = {
  refused: ['client GET - 2 ECONNREFUSED'],
  'refused by fetch': ['client GET - 2 ECONNREFUSED'],
  'no such host': ['client GET - 2 ENOTFOUND|EAI_AGAIN'],
  destroyed: ['client GET - 2 ECONNRESET', 'server GET - 0 aborted'],
  'timed out by fetch': ['client GET - 2 TimeoutError', 'server GET - 0 aborted'],
  cut: ['client GET 200 2 aborted', 'server GET 200 0 aborted'],
  redirected: [
    'client GET 200 0 -',
    'client GET 302 0 -',
    'server GET 200 0 -',
    'server GET 302 0 -',
  ],
  upgraded: ['client GET 101 0 -', 'server GET - 0 -'],
  queued: [
    ...Array.from({ length: 3 }, () => 'client GET 200 0 -'),
    ...Array.from({ length: 3 }, () => 'server GET 200 0 -'),
  ],
  'own header': ['server GET 200 0 -'],
  'own header by fetch': ['server GET 200 0 -'],
  'strange method': ['client HTTP 200 0 -', 'server HTTP 200 0 -'],
  exit: ['client GET - 2 process_ended', 'server GET - 2 process_ended'],
  'ended with the process, by fetch': [
    'client GET - 2 process_ended',
    'server GET - 2 process_ended',
  ],
  'left unread by fetch': ['client GET 200 2 process_ended', 'server GET 200 2 process_ended'],
  tunneled: ['client CONNECT 200 0 -', 'server CONNECT - 0 -'],
  throw: ['client GET - 2 process_ended', 'server GET - 2 process_ended'],
};

for (const [way, expected] of Object.entries(CASES)) {
  test(
    `the spans of a request that is ${way} say so, and the program ends as without us`,
    withCollector(async collector => {
      const options = { script: 'tracing/troubles.cjs', args: [way] };
      const plain = await runNode({ ...options, preload: false });

      const traced = await runNode({ ...options, env: endpointOf(collector) });

      assert.equal(endingOf(traced), endingOf(plain));
      const seen = collector.spans.map(describe).sort();
      assert.is(seen.length, expected.length, seen.join('\n'));
      for (const [i, line] of expected.entries()) {
        assert.match(seen[i]!, new RegExp(`^${line.replace(/-$/, '-$')}`));
      }
    }),
  );
}

test(
  'what comes by a connection that an upgrade has handed over belongs to the trace of the upgrade',
  withCollector(async collector => {
    await runNode({
      script: 'tracing/troubles.cjs',
      args: ['upgraded'],
      env: endpointOf(collector),
    });

    const server = collector.spans.find(({ kind }) => kind === SERVER)!;
    const line = collector.records.find(({ body }) => body === 'got')!;
    assert.equal([line.traceId, line.spanId], [server.traceId, server.spanId]);
  }),
);

test(
  'a server continues the trace that a program passes on by itself',
  withCollector(async collector => {
    await runNode({
      script: 'tracing/troubles.cjs',
      args: ['own header'],
      env: endpointOf(collector),
    });

    assert.equal(
      collector.spans.map(({ traceId, parentSpanId }) => [traceId, parentSpanId]),
      [['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331']],
    );
  }),
);

function describe({ kind, name, attributes, statusCode }: ReceivedSpan): string {
  const status = attributes['http.response.status_code'] ?? '-';
  const side = kind === SERVER ? 'server' : 'client';
  return `${side} ${name} ${status} ${statusCode} ${attributes['error.type'] ?? '-'}`;
}

// Of an error nobody caught, the stack names files and lines of ours on the way.
function endingOf({ code, signal, stdout, stderr }: RunResult): unknown {
  const said = stderr.toString().split('\n    at ')[0];
  return [code, signal, stdout.toString(), said];
}

test.run();
