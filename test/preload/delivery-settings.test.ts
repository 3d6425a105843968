import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf, withCollector } from '../helpers/collector.js';
import { type RunResult, runNode } from '../helpers/run-node.js';
import type { Receiver } from '../receiver/receiver.js';

const test = suite('preload/delivery-settings');

function logOneLine(collector: Receiver, env: Record<string, string>): Promise<RunResult> {
  return runNode({ script: 'delivery/one-line.cjs', env: { ...endpointOf(collector), ...env } });
}

for (const prefix of ['OTEL_EXPORTER_OTLP', 'OTEL_EXPORTER_OTLP_LOGS']) {
  test(
    `${prefix}_COMPRESSION=gzip compresses`,
    withCollector(async collector => {
      await runNode({
        script: 'delivery/many-then-exit.cjs',
        args: ['1000'],
        env: { ...endpointOf(collector), [`${prefix}_COMPRESSION`]: 'gzip' },
      });

      assert.is(collector.records.length, 1000);
      const plainBytes = collector.requests.reduce((sum, { body }) => sum + body.length, 0);
      assert.ok(collector.countBytes() < plainBytes / 3);
      assert.ok(collector.requests.every(({ headers }) => headers['content-encoding'] === 'gzip'));
    }),
  );

  test(
    `${prefix}_HEADERS are sent, decoded`,
    withCollector(async collector => {
      const { stderr } = await logOneLine(collector, {
        [`${prefix}_HEADERS`]: 'Authorization=Bearer%20x,Dash0-Dataset=y',
      });

      const { headers } = collector.requests[0]!;
      assert.is(headers.authorization, 'Bearer x');
      assert.is(headers['dash0-dataset'], 'y');
      assert.is(stderr.toString(), '');
    }),
  );
}

test(
  "of two headers with one name the signal's own wins, and the others stay",
  withCollector(async collector => {
    await logOneLine(collector, {
      OTEL_EXPORTER_OTLP_HEADERS: 'a=shared,b=shared',
      OTEL_EXPORTER_OTLP_LOGS_HEADERS: 'a=own',
    });

    const { a, b } = collector.requests[0]!.headers;
    assert.equal({ a, b }, { a: 'own', b: 'shared' });
  }),
);

test(
  'a request says who sends it and what it holds',
  withCollector(async collector => {
    await logOneLine(collector, {});

    const { headers, method, path } = collector.requests[0]!;
    assert.is(`${method} ${path}`, 'POST /v1/logs');
    assert.match(headers['user-agent']!, /^emp-otel-register\/\d+\.\d+\.\d+/);
    assert.is(headers['content-type'], 'application/x-protobuf');
    assert.is(headers['transfer-encoding'], undefined);
  }),
);

for (const protocol of ['http/json', 'grpc']) {
  test(
    `the protocol ${protocol} costs one line, and http/protobuf is spoken`,
    withCollector(async collector => {
      const { stderr, code } = await logOneLine(collector, {
        OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      });

      assert.is(code, 0);
      assert.is(stderr.toString().split('\n').length, 2);
      assert.match(stderr.toString(), protocol);
      assert.match(stderr.toString(), 'http/protobuf');
      assert.is(collector.records.length, 1);
    }),
  );
}

test(
  'a path in the endpoint is kept',
  withCollector(async collector => {
    collector.behave({});
    await logOneLine(collector, { OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/tenant/` });

    assert.is(collector.requests[0]!.path, '/tenant/v1/logs');
  }),
);

test(
  'credentials in the endpoint are sent as Authorization and never printed',
  withCollector(async collector => {
    const { stderr } = await logOneLine(collector, {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url.replace('//', '//user:secret@'),
    });

    const expected = `Basic ${Buffer.from('user:secret').toString('base64')}`;
    assert.is(collector.requests[0]!.headers.authorization, expected);
    assert.not.match(stderr.toString(), 'secret');
  }),
);

test.run();
