import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { deflateSync, gzipSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeMessage } from '../../../src/receiver/otlp-messages.js';
import { ask, askWith, post, send, withViewer } from '../viewing.js';

const test = suite('viewer/intake/intake');

const REQUEST = encodeMessage('ExportLogsServiceRequest', {
  resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: 'hello' } }] }] }],
});
const JSON_REQUEST =
  '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"hello"}}]}]}]}';
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

type Sent = readonly [what: string, body: Uint8Array | string, headers: Record<string, string>];

const ACCEPTED: readonly Sent[] = [
  ['protobuf', REQUEST, {}],
  ['protobuf, gzipped', gzipSync(REQUEST), { 'content-encoding': 'gzip' }],
  ['protobuf, deflated', deflateSync(REQUEST), { 'content-encoding': 'deflate' }],
  ['JSON', JSON_REQUEST, JSON_TYPE],
  ['JSON, gzipped', gzipSync(JSON_REQUEST), { ...JSON_TYPE, 'content-encoding': 'gzip' }],
];

for (const [what, body, headers] of ACCEPTED) {
  test(
    `${what} is kept, and answered in kind`,
    withViewer(async viewer => {
      const response = await post(viewer, '/v1/logs', body, headers);

      assert.is(response.status, 200);
      assert.is(
        response.headers.get('content-type'),
        what.startsWith('JSON') ? 'application/json' : 'application/x-protobuf',
      );
      assert.is(await response.text(), what.startsWith('JSON') ? '{}' : '');
      assert.is((await ask(viewer, 'records')).records[0].body, 'hello');
    }),
  );
}

const BOMB = gzipSync(Buffer.alloc(65 * 1024 * 1024));

const REFUSED: readonly (readonly [...Sent, status: number])[] = [
  ['garbage', 'garbage', {}, 400],
  ['half a message', REQUEST.subarray(0, -3), {}, 400],
  ['what is no JSON', '{', JSON_TYPE, 400],
  ['JSON of another shape', '{"resourceLogs":{"a":1}}', JSON_TYPE, 400],
  ['JSON null', 'null', JSON_TYPE, 400],
  ['what is not gzip', REQUEST, { 'content-encoding': 'gzip' }, 400],
  ['an unknown encoding', REQUEST, { 'content-encoding': 'constructor' }, 415],
  ['an unknown type', REQUEST, { 'content-type': 'text/plain' }, 415],
  ['a zip bomb', BOMB, { 'content-encoding': 'gzip' }, 413],
  ['more than is read', Buffer.alloc(65 * 1024 * 1024), {}, 413],
];

for (const [what, body, headers, status] of REFUSED) {
  test(
    `${what} is refused with ${status}, and the next request is kept`,
    withViewer(async viewer => {
      // The rest of what is too large is not read: the connection may end before it is sent.
      const response = await post(viewer, '/v1/logs', body, headers).catch(error => error);

      assert.is(response.status ?? 413, status);
      assert.is((await send(viewer, [{}])).status, 200);
      assert.is((await ask(viewer, 'status')).recordCount, 1);
    }),
  );
}

test(
  'other paths, methods and hosts are refused',
  withViewer(async ({ receiverUrl }) => {
    assert.is((await askWith(`${receiverUrl}/v1/logs`, {})).status, 405);
    assert.is((await askWith(`${receiverUrl}/`, {})).status, 404);
    assert.is(
      (await askWith(`${receiverUrl}/v1/logs`, { host: 'evil.example' }, 'POST')).status,
      421,
    );
  }),
);

const PAGES: readonly Readonly<Record<string, string>>[] = [
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: 'http://localhost:3000', 'content-type': 'application/json' },
  { 'sec-fetch-site': 'cross-site', 'content-type': 'application/grpc' },
];
for (const headers of PAGES) {
  test(
    `a page of the web may not send (${JSON.stringify(headers)})`,
    withViewer(async ({ receiverUrl, said }) => {
      for (const method of ['POST', 'OPTIONS']) {
        const answer = await askWith(`${receiverUrl}/v1/logs`, headers, method);

        assert.is(answer.status, 403);
        assert.is(answer.headers['access-control-allow-origin'], undefined);
      }
      assert.equal(said, []);
    }),
  );
}

test(
  'metrics are accepted',
  withViewer(async viewer => {
    const scopeMetrics = [{ metrics: [{ name: 'a' }] }];
    const body = encodeMessage('ExportMetricsServiceRequest', {
      resourceMetrics: [{ scopeMetrics }],
    });

    assert.is((await post(viewer, '/v1/metrics', body)).status, 200);
    const json = JSON.stringify({ resourceMetrics: [{ scopeMetrics }] });
    assert.is((await post(viewer, '/v1/metrics', json, JSON_TYPE)).status, 200);
  }),
);

test(
  'gRPC is told that it is not spoken here: the program each time, the user once',
  withViewer(async viewer => {
    for (let attempt = 0; attempt < 2; attempt++) {
      const session = connectHttp2(viewer.receiverUrl);
      const stream = session.request({
        ':method': 'POST',
        ':path': '/opentelemetry.proto.collector.logs.v1.LogsService/Export',
        'content-type': 'application/grpc',
      });
      stream.end('x');
      const [headers] = await once(stream, 'response');
      session.destroy();

      assert.is(headers[':status'], 200);
      assert.is(headers['content-type'], 'application/grpc');
      assert.is(headers['grpc-status'], '12');
      assert.match(headers['grpc-message'], 'OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf');
    }
    const overHttp1 = { 'content-type': 'application/grpc+proto' };
    assert.is((await post(viewer, '/x', '', overHttp1)).headers.get('grpc-status'), '12');

    assert.is(viewer.said.length, 1);
    assert.match(viewer.said[0]!, 'OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf');
  }),
);

test(
  'connections that say nothing, or no HTTP, or end in the middle, harm nobody',
  withViewer(async viewer => {
    const port = Number(new URL(viewer.receiverUrl).port);
    const half = 'POST /v1/logs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n';
    for (const text of ['', 'P', 'PR', 'PRI', 'PRI * HTTP/2.0\r\n\r\nXX', '\0\0\0', half]) {
      const socket = connect(port, '127.0.0.1').on('error', () => {});
      await once(socket, 'connect');
      socket.write(text, () => socket.destroy());
      await once(socket, 'close');
    }

    assert.is((await send(viewer, [{}])).status, 200);
  }),
);

test(
  'many requests at once are all kept',
  withViewer(async viewer => {
    const requests = Array.from({ length: 200 }, () => send(viewer, [{}, {}]));

    const statuses = (await Promise.all(requests)).map(({ status }) => status);

    assert.ok(statuses.every(status => status === 200));
    assert.is((await ask(viewer, 'status')).recordCount, 400);
  }),
);

test.run();
