import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CLIENT, runTwoPrograms, SERVER } from './two-programs.js';

const test = suite('tracing/two-programs');

const ESM = '/get /request /array /expect /no-agent /direct /fetch /fails /end'.split(' ');
const CJS = '/array /get /no-agent /fetch /fails /end'.split(' ');

for (const [client, paths, preload] of [
  ['tracing/client.mjs', ESM, 'import'],
  ['tracing/client.cjs', CJS, 'require'],
] as const) {
  test(`each request of ${client} is one span here and one there, and one trace with all its lines`, async () => {
    const { spans, records } = await runTwoPrograms({ client, preload });

    assert.is(spans.length, 2 * paths.length);
    for (const path of paths) {
      const asking = spans.filter(
        ({ kind, attributes }) =>
          kind === CLIENT && new URL(String(attributes['url.full'])).pathname === path,
      );
      assert.is(asking.length, 1, path);
      const { traceId, spanId } = asking[0]!;
      const serving = spans.filter(span => span.kind === SERVER && span.traceId === traceId);
      assert.equal(
        serving.map(({ parentSpanId, attributes }) => [parentSpanId, attributes['url.path']]),
        [[spanId, path]],
      );
      const lines = records.filter(({ attributes }) => attributes.path === path);
      const ofServer = lines.filter(({ resource }) => resource['service.name'] === 'server');
      assert.equal(
        ofServer.map(line => [line.body, line.traceId, line.spanId]),
        ['received', 'worked'].map(body => [body, traceId, serving[0]!.spanId]),
      );
    }
  });
}

test('spans say what was asked and how it went', async () => {
  const { spans } = await runTwoPrograms({ client: 'tracing/client.mjs' });

  const ofPath = (kind: number, path: string) =>
    spans.find(
      span =>
        span.kind === kind &&
        String(span.attributes['url.full'] ?? span.attributes['url.path']).endsWith(path),
    )!;
  const port = ofPath(CLIENT, '/get').attributes['server.port'];
  assert.equal(ofPath(CLIENT, '/get').attributes, {
    'http.request.method': 'GET',
    'url.full': `http://127.0.0.1:${port}/get`,
    'server.address': '127.0.0.1',
    'server.port': port,
    'network.protocol.version': '1.1',
    'http.response.status_code': 200,
  });
  const { request_id, ...served } = ofPath(SERVER, '/request').attributes;
  assert.equal(served, {
    'http.request.method': 'POST',
    'url.scheme': 'http',
    'url.path': '/request',
    'server.address': '127.0.0.1',
    'server.port': port,
    'client.address': '127.0.0.1',
    'network.protocol.version': '1.1',
    'http.response.status_code': 200,
  });
  assert.match(String(request_id), /^req_/);
  assert.is(ofPath(SERVER, '/request').name, 'POST');
  for (const kind of [SERVER, CLIENT]) {
    const { statusCode, attributes } = ofPath(kind, '/fails');
    assert.equal([statusCode, attributes['error.type']], [2, '503']);
    assert.is(ofPath(kind, '/get').statusCode, 0);
  }
});

test.run();
