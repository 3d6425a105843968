import { once } from 'node:events';
import { connect } from 'node:net';
import { deflateSync, gzipSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withCollector } from '../helpers/collector.js';
import { encodeLogs, post } from '../helpers/otlp-sender.js';

const test = suite('receiver/received-request');

test(
  'a gzipped body is unpacked, and counted as it was on the wire',
  withCollector(async receiver => {
    const body = encodeLogs([{ body: { stringValue: 'x'.repeat(10_000) } }]);
    const packed = gzipSync(body);

    const response = await post(receiver, packed, { headers: { 'content-encoding': 'gzip' } });

    assert.is(response.status, 200);
    assert.is(receiver.requests[0]!.wireBytes, packed.length);
    assert.is(receiver.requests[0]!.body.length, body.length);
    assert.is(receiver.countBytes(), packed.length);
    assert.is(receiver.records.length, 1);
  }),
);

test(
  'a deflated body is unpacked',
  withCollector(async receiver => {
    const body = deflateSync(encodeLogs([{}, {}]));

    await post(receiver, body, { headers: { 'content-encoding': 'deflate' } });

    assert.is(receiver.countRecords(), 2);
  }),
);

test(
  'a request whose sender goes away in the middle was not received',
  withCollector(async receiver => {
    const socket = connect(receiver.port, '127.0.0.1');
    socket.write('POST /v1/logs HTTP/1.1\r\nHost: collector\r\nContent-Length: 100\r\n\r\n');
    await receiver.waitFor(({ connectionCount }) => connectionCount === 1);

    socket.destroy();
    await once(socket, 'close');
    await post(receiver, encodeLogs([{}]));

    assert.is(receiver.requests.length, 1);
    assert.is(receiver.countRecords(), 1);
  }),
);

test(
  'headers are kept as they were sent',
  withCollector(async receiver => {
    await post(receiver, encodeLogs([]), { headers: { 'X-Tenant': 'emp' } });

    const { headers, rawHeaders } = receiver.requests[0]!;
    assert.is(headers['x-tenant'], 'emp');
    assert.is(rawHeaders[rawHeaders.findIndex(name => /^x-tenant$/i.test(name)) + 1], 'emp');
  }),
);

test(
  'each connection is counted',
  withCollector(async receiver => {
    for (let sent = 0; sent < 3; sent++) {
      await post(receiver, encodeLogs([]), { headers: { connection: 'close' } });
    }

    assert.is(receiver.requests.length, 3);
    assert.is(receiver.connectionCount, 3);
  }),
);

const whole = encodeLogs([{ body: { stringValue: 'Job completed' } }]);

const faulty: readonly [string, number, Uint8Array, Parameters<typeof post>[2]][] = [
  ['a wrong path', 404, whole, { path: '/v1/logs/v1/logs' }],
  ['a wrong method', 405, whole, { method: 'PUT' }],
  ['a wrong content type', 415, whole, { headers: { 'content-type': 'application/json' } }],
  ['a body that is no gzip', 400, whole, { headers: { 'content-encoding': 'gzip' } }],
  ['an unknown encoding', 400, whole, { headers: { 'content-encoding': 'br' } }],
  ['a body that is cut short', 400, whole.subarray(0, -3), {}],
];

for (const [name, status, body, options] of faulty) {
  test(
    `${name} is answered ${status}, and its records are not kept`,
    withCollector(async receiver => {
      const response = await post(receiver, body, options);

      assert.is(response.status, status);
      assert.is(receiver.requests[0]!.status, status);
      assert.is(receiver.countRecords(), 0);
    }),
  );
}

test.run();
