import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { listeningUrl } from '../helpers/listening-url.js';
import { PACKAGE_NAME } from '../helpers/repository.js';
import { runNode } from '../helpers/run-node.js';

const test = suite('propagation/own-tracing');

const OF_START = '11111111111111111111111111111111';
const OF_REQUEST = '22222222222222222222222222222222';
const parent = (traceId: string) => `00-${traceId}-b7ad6b7169203331-01`;

test(
  'a child goes on with our span of the request that started it, and the server began without its parent’s',
  withCollector(async collector => {
    let answered: Promise<unknown> = Promise.resolve();
    await runNode({
      preload: false,
      script: 'propagation/serves.cjs',
      env: {
        ...endpointOf(collector),
        NODE_OPTIONS: `--import ${PACKAGE_NAME}`,
        TRACEPARENT: parent(OF_START),
        BAGGAGE: 'job_id=job-0',
        OTEL_REGISTER_CONTEXT: 'job_id',
      },
      onSpawn: child => {
        const headers = { traceparent: parent(OF_REQUEST), 'x-request-id': 'req-1' };
        answered = listeningUrl(child).then(url => fetch(url, { headers }));
        answered.catch(() => child.kill('SIGKILL'));
      },
    });
    await answered;

    const seen = collector.records.map(({ body, traceId, attributes }) => [
      body,
      traceId,
      attributes.job_id,
      attributes.request_id,
    ]);
    assert.equal(
      seen.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
      [
        ['child', OF_REQUEST, undefined, 'req-1'],
        ['child later', OF_REQUEST, undefined, 'req-1'],
        ['request', OF_REQUEST, undefined, 'req-1'],
        ['start', OF_START, 'job-0', undefined],
      ],
    );
    const [span] = collector.spans;
    const ofChild = collector.records.filter(({ body }) => String(body).startsWith('child'));
    for (const { spanId } of ofChild) assert.is(spanId, span?.spanId);
  }),
);

test.run();
