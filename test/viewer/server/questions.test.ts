import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeMessage } from '../../../src/receiver/otlp-messages.js';
import { ask, post, send, type Viewing, withViewer } from '../viewing.js';

const test = suite('viewer/server/questions');

const START_MS = 1_790_000_000_000;
const TRACE = Buffer.from('4bf92f3577b34da6a3ce929d0e0e4736', 'hex');
const RESOURCE = {
  attributes: [
    { key: 'service.name', value: { stringValue: 'worker' } },
    { key: 'emp.pool.name', value: { stringValue: 'fast-lane' } },
  ],
};

const at = (ms: number) => `${BigInt(START_MS + ms) * 1_000_000n}`;
const log = (ms: number, body: string, more = {}) => ({
  timeUnixNano: at(ms),
  severityNumber: 9,
  body: { stringValue: body },
  ...more,
});

async function fill(viewer: Viewing): Promise<void> {
  await send(viewer, [log(0, 'Job 1'), log(10, 'Job 2'), log(25, 'x'.repeat(9000))], RESOURCE);
  await send(viewer, [
    log(30, 'bad', { severityNumber: 17, traceId: TRACE }),
    log(5, 'late', { traceId: TRACE }),
  ]);
}

test(
  'records come newest first, page by page, with long bodies cut',
  withViewer(async viewer => {
    await fill(viewer);

    const first = await ask(viewer, 'records?limit=3');
    const second = await ask(viewer, 'records?limit=3&before=3');

    assert.equal(
      first.records.map(({ id }: { id: number }) => id),
      [5, 4, 3],
    );
    assert.is(first.hasMore, true);
    assert.equal([first.records[2].body.length, first.records[2].bodyIsCut], [8192, true]);
    assert.equal(
      second.records.map(({ body }: { body: string }) => body),
      ['Job 2', 'Job 1'],
    );
    assert.is(second.hasMore, false);
    assert.is(second.records[0].service, 'worker');
    assert.is('resource' in second.records[0], false);
    const whole = await ask(viewer, 'records/3');
    assert.equal([whole.body.length, whole.bodyIsCut], [9000, false]);
    assert.is(whole.resource['emp.pool.name'], 'fast-lane');
  }),
);

test(
  'a page of large records ends early, and says that there are more',
  withViewer(async viewer => {
    const value = { stringValue: 'x'.repeat(5 * 1024 * 1024) };
    const large = { ...log(0, ''), attributes: [{ key: 'large', value }] };
    await send(viewer, [large, large, large]);

    const { records, hasMore } = await ask(viewer, 'records');

    assert.equal([records.length, hasMore], [1, true]);
  }),
);

test(
  'a trace has its records oldest first, and its spans',
  withViewer(async viewer => {
    await fill(viewer);
    const span = {
      traceId: TRACE,
      spanId: Buffer.from('00f067aa0ba902b7', 'hex'),
      name: 'GET /',
      kind: 2,
      startTimeUnixNano: at(0),
      endTimeUnixNano: at(40),
      attributes: [{ key: 'http.route', value: { stringValue: '/' } }],
      status: { code: 2 },
    };
    const scopeSpans = [{ spans: [span] }];
    const resourceSpans = [{ resource: RESOURCE, scopeSpans }];
    await post(viewer, '/v1/traces', encodeMessage('ExportTraceServiceRequest', { resourceSpans }));

    const trace = await ask(viewer, `traces/${TRACE.toString('hex')}`);

    assert.equal(
      trace.records.map(({ body }: { body: string }) => body),
      ['late', 'bad'],
    );
    assert.equal(trace.spans, [
      {
        traceId: TRACE.toString('hex'),
        spanId: '00f067aa0ba902b7',
        parentSpanId: null,
        name: 'GET /',
        kind: 2,
        startUnixNano: at(0),
        endUnixNano: at(40),
        statusCode: 2,
        service: 'worker',
        attributes: { 'http.route': '/' },
      },
    ]);
    assert.is((await ask(viewer, 'status')).spanCount, 1);
  }),
);

test(
  'a histogram counts by level, from the first to the last record or where it is asked',
  withViewer(async viewer => {
    await fill(viewer);

    const all = await ask(viewer, 'histogram?buckets=4');
    const some = await ask(
      viewer,
      `histogram?from=${START_MS + 5}&to=${START_MS + 30}&buckets=2&filter=job`,
    );

    assert.equal([all.fromMs, all.toMs, all.bucketMs], [START_MS, START_MS + 31, 8]);
    assert.equal(
      all.counts.map((counts: number[]) => counts[2]),
      [2, 1, 0, 1],
    );
    assert.equal(all.counts[3], [0, 0, 1, 0, 1, 0]);
    assert.equal(
      some.counts.map((counts: number[]) => counts[2]),
      [1, 0],
    );
  }),
);

test(
  'call sites are counted, the noisiest first',
  withViewer(async viewer => {
    await fill(viewer);

    const [first, ...others] = await ask(viewer, 'call-sites');

    assert.equal(first, {
      file: null,
      line: null,
      functionName: null,
      pattern: 'Job <n>',
      severityText: 'INFO',
      count: 2,
      sampleId: 2,
    });
    assert.is(others.length, 3);
    assert.is((await ask(viewer, 'call-sites?limit=2')).length, 2);
    assert.equal(
      (await ask(viewer, 'call-sites?filter=bad')).map(
        ({ pattern }: { pattern: string }) => pattern,
      ),
      ['bad'],
    );
  }),
);

test(
  'facets count services, pools and levels',
  withViewer(async viewer => {
    await fill(viewer);

    const { services, pools, severities } = await ask(viewer, 'facets');

    assert.equal(services, [{ name: 'worker', count: 3 }]);
    assert.equal(pools, [{ name: 'fast-lane', count: 3 }]);
    assert.equal(
      severities.map(({ count }: { count: number }) => count),
      [0, 0, 4, 0, 1, 0],
    );
  }),
);

test.run();
